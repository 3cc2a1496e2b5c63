"""The peer of `fleet.py`: what a script with requests does for the same answers, in as many threads.

    plain_requests.py NUMBER JOBS

One session for each configuration, one request after the other, and requests' own TLS.
"""

from __future__ import annotations

import json
import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import requests

TENANT = "8f0d3c5e-2a41-4b67-9d3e-51c0a7e9b214"
ENTRA = f"https://login.microsoftonline.com/{TENANT}"
INSTANCE = "https://fabrikam.crm4.dynamics.com"
API = f"{INSTANCE}/api/data/v9.2"
GRANT = {
    "grant_type": "client_credentials",
    "client_id": "3c9e1d77-60b8-4f2a-8a45-0b7d2e6f9c13",
    "client_secret": os.environ["LEAD_APPLICATION_KEY"],
    "scope": f"{INSTANCE}/.default",
}
USER = "systemusers({user})/"
PRIVILEGE = "Microsoft.Dynamics.CRM.RetrieveUserPrivilegeByPrivilegeName(PrivilegeName='prvCreateLead')"
ASKED = (
    f"{USER}{PRIVILEGE}",
    f"{USER}systemuserroles_association?$select=name,roleid",
    f"{USER}teammembership_association?$select=teamid,name&$expand=teamroles_association($select=name)",
    f"{USER}Microsoft.Dynamics.CRM.RetrieveUserPrivileges",
    "EntityDefinitions(LogicalName='lead')/Attributes(LogicalName='leadsourcecode')?$select=IsSecured",
    "solutions?$select=uniquename,friendlyname,version",
)
TESTS = "contains(description,'MSFT_TEST_')&$orderby=createdon desc&$top=50"
LISTED = f"leads?$select=leadid,description&$filter={TESTS}"


def rehearse(number):
    with requests.Session() as session:
        session.verify = os.environ["SSL_CERT_FILE"]
        session.get(f"{API}/")
        session.get(f"{ENTRA}/v2.0/.well-known/openid-configuration").raise_for_status()
        token = session.post(f"{ENTRA}/oauth2/v2.0/token", data=GRANT).json()["access_token"]
        session.headers["Authorization"] = f"Bearer {token}"
        user = session.get(f"{API}/WhoAmI").json()["UserId"]
        for path in ASKED:
            session.get(f"{API}/{path.format(user=user)}").raise_for_status()
        lead = {"subject": "x", "lastname": "x", "companyname": "x", "description": f"MSFT_TEST_{number}"}
        made = session.post(f"{API}/leads", json=lead)
        made.raise_for_status()
        session.get(made.headers["OData-EntityId"]).raise_for_status()
        session.get(f"{API}/{LISTED}").raise_for_status()


def main():
    number, jobs = map(int, sys.argv[1:])
    began = time.perf_counter()
    with ThreadPoolExecutor(jobs) as pool:
        list(pool.map(rehearse, range(number)))
    sys.stdout.write(json.dumps({"durationSeconds": time.perf_counter() - began}))


if __name__ == "__main__":
    main()
