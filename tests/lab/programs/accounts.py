"""Gives a domain its accounts, by Debian's own Python, which has Samba's library.

    accounts.py smb.conf PASSWORD

Three are of services, so that anybody may ask for tickets to them.
"""

import sys

from samba.auth import system_session
from samba.param import LoadParm
from samba.samdb import SamDB

USERS = ("sophie", "paul")
SERVICES = {"svc-sql": "MSSQLSvc/sql", "svc-agenda": "HTTP/agenda", "svc-sauve": "backup/sauve"}
_NORMAL = 0x200
"""userAccountControl: an ordinary account, which is not disabled as new ones are."""


def main(configuration: str, password: str) -> None:
    settings = LoadParm()
    settings.load(configuration)
    base = SamDB(session_info=system_session(), lp=settings)
    for name in (*USERS, *SERVICES):
        base.newuser(name, password)
        ldif = f"dn: CN={name},CN=Users,{base.domain_dn()}\nchangetype: modify\n"
        ldif += f"replace: userAccountControl\nuserAccountControl: {_NORMAL}\n"
        if service := SERVICES.get(name):
            ldif += f"-\nadd: servicePrincipalName\nservicePrincipalName: {service}\n"
        base.modify_ldif(ldif)


if __name__ == "__main__":
    main(*sys.argv[1:])
