"""What a browser says of itself, as a few names that people know; the rest of it is not shown."""

BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("Chrome", "Chrome"),
    ("CriOS", "Chrome"),
    ("Safari", "Safari"),
    ("curl", "curl"),
)
"""What is looked for, in this order: each of the first calls itself one of the last as well."""

SYSTEMS = (
    ("Windows", "Windows"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)


def told(agent: str) -> str:
    """Give browser and system, as far as they are known: "Firefox, Windows", or nothing."""
    found = (
        next((name for sign, name in table if sign in agent), "") for table in (BROWSERS, SYSTEMS)
    )
    return ", ".join(filter(None, found))
