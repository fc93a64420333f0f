"""What an installer may set of the headers of the last packets (`appliance.sensor.recent`)."""

from dataclasses import dataclass

from appliance.config_option import number, option


@dataclass(frozen=True, slots=True, kw_only=True)
class Packets:
    """Headers of the last packets, in memory, for the evidence of an incident; off by default."""

    keep: bool = option(
        False,
        "keep the headers of the last packets in memory; when an incident opens, those of the"
        " machines concerned are added to its evidence; never their content",
    )
    mib: int = number(
        16,
        "memory for them in MiB, each 8,192 packets; the oldest leave first",
        minimum=1,
        maximum=32,
    )
    minutes: int = number(60, "minutes after which they are forgotten", minimum=1, maximum=1440)
