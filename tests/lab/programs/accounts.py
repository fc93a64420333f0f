"""Gives a domain its accounts, by Debian's own Python, which has Samba's library.

    accounts.py smb.conf PASSWORD

Three are of services, so that anybody may ask for tickets to them; two need not prove themselves,
and since Samba looks at what tickets are asked of, too, nor does the controller's own account.
"""

import sys

from samba.auth import system_session
from samba.param import LoadParm
from samba.samdb import SamDB

SERVICES = {"svc-sql": "MSSQLSvc/sql", "svc-agenda": "HTTP/agenda", "svc-sauve": "backup/sauve"}
UNPROVEN = ("anne", "luc")
USERS = ("sophie", "paul")
_NORMAL, _DISABLED, _UNPROVEN = 0x200, 0x2, 0x40_0000
"""userAccountControl: an ordinary account, one that nobody logs on to, and one that needs no
pre-authentication."""


def main(configuration: str, password: str) -> None:
    settings = LoadParm()
    settings.load(configuration)
    base = SamDB(session_info=system_session(), lp=settings)
    for name in (*USERS, *UNPROVEN, *SERVICES):
        base.newuser(name, password)
        control = _NORMAL | (_UNPROVEN if name in UNPROVEN else 0)
        service = SERVICES.get(name)
        more = f"-\nadd: servicePrincipalName\nservicePrincipalName: {service}\n"
        _change(base, name, control, more if service else "")
    _change(base, "krbtgt", _NORMAL | _DISABLED | _UNPROVEN)


def _change(base: SamDB, name: str, control: int, more: str = "") -> None:
    ldif = f"dn: CN={name},CN=Users,{base.domain_dn()}\nchangetype: modify\n"
    base.modify_ldif(f"{ldif}replace: userAccountControl\nuserAccountControl: {control}\n{more}")


if __name__ == "__main__":
    main(*sys.argv[1:])
