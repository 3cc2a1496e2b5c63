"""Entra ID at login.microsoftonline.com: discovery, user realms, and the token endpoint of v2.0."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote
from uuid import UUID

from werkzeug import Request, Response
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, Rule

from validator.sandbox.entra import signing_in, tokens
from validator.sandbox.entra.refusals import Refused, reply

if TYPE_CHECKING:
    from collections.abc import Iterable

    from _typeshed.wsgi import StartResponse, WSGIEnvironment

    from validator.sandbox.state import State, Tenant

HOST: Final = "https://login.microsoftonline.com"

_MAP: Final = Map(
    [
        Rule("/<tenant>/v2.0/.well-known/openid-configuration", endpoint="discovery", methods=["GET"]),
        Rule("/<tenant>/oauth2/v2.0/token", endpoint="token", methods=["POST"]),
        Rule("/common/userrealm/<user>", endpoint="realm", methods=["GET"]),
        Rule("/common/discovery/instance", endpoint="instance", methods=["GET"]),
    ]
)


class Entra:
    """The WSGI application of the sign-in host."""

    def __init__(self, state: State) -> None:
        self._state = state

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        request = Request(environ)
        try:
            endpoint, values = _MAP.bind_to_environ(environ).match()
            answer: Response = getattr(self, f"_{endpoint}")(request, **values)
        except Refused as refused:
            answer = refused.response(_correlation(request))
        except HTTPException as unknown:
            answer = Response("", unknown.code, content_type="text/html; charset=utf-8")
        return answer(environ, start)

    def _discovery(self, _: Request, tenant: str) -> Response:
        found = self._state.tenant(tenant)
        if found is None and tenant.lower() not in signing_in.ANY_TENANT:
            raise Refused(90002, error="invalid_tenant", tenant=tenant)
        answer = reply(_metadata(found.id, found.id) if found else _metadata(tenant.lower(), "{tenantid}"))
        answer.headers["Cache-Control"] = "max-age=86400, private"
        answer.headers["Access-Control-Allow-Origin"] = "*"
        answer.headers["Access-Control-Allow-Methods"] = "GET, OPTIONS"
        del answer.headers["Pragma"], answer.headers["Expires"]
        return answer

    def _instance(self, request: Request) -> Response:
        authority = request.args.get("authorization_endpoint", f"{HOST}/common/oauth2/v2.0/authorize")
        aliases = ["login.microsoftonline.com", "login.windows.net", "login.microsoft.com", "sts.windows.net"]
        names = {"preferred_network": aliases[0], "preferred_cache": aliases[1], "aliases": aliases}
        where = authority.replace("/oauth2/v2.0/authorize", "/v2.0/.well-known/openid-configuration")
        return reply({"tenant_discovery_endpoint": where, "api-version": "1.1", "metadata": [names]})

    def _realm(self, _: Request, user: str) -> Response:
        domain = user.rpartition("@")[2]
        tenant = self._state.tenant(domain)
        body = {"ver": "1.0", "account_type": "Managed" if tenant else "Unknown", "domain_name": domain}
        if tenant and tenant.federated:
            body |= {
                "account_type": "Federated",
                "federation_protocol": "WSTrust",
                "federation_metadata_url": f"https://adfs.{domain}/adfs/services/trust/mex",
                "federation_active_auth_url": f"https://adfs.{domain}/adfs/services/trust/2005/usernamemixed",
            }
        body |= {
            "cloud_instance_name": "microsoftonline.com",
            "cloud_audience_urn": "urn:federation:MicrosoftOnline",
        }
        return reply(body)

    def _token(self, request: Request, tenant: str) -> Response:
        form = _form(request)
        found = signing_in.tenant_for(self._state, tenant, form)
        if found.retry_after is not None:
            throttled = Refused(90055)
            throttled.retry_after = found.retry_after
            raise throttled
        grant = signing_in.required(form, "grant_type")
        if grant == "client_credentials":
            return self._for_application(found, form)
        if grant == "password":
            return self._for_person(found, form)
        raise Refused(70003, grant=grant)

    def _for_application(self, tenant: Tenant, form: signing_in.Form) -> Response:
        application = signing_in.application_for(tenant, form)
        signing_in.check_secret(application, form.get("client_secret"))
        scope = signing_in.required(form, "scope")
        resource = signing_in.resource_of(scope, application_only=True)
        signing_in.environment_for(self._state, tenant, resource)
        signing_in.check_use(tenant, application, None, resource)
        signing_in.check_policy(tenant, None)
        return reply(_lifetime(tokens.issue(self._state, tenant, application, resource, None)))

    def _for_person(self, tenant: Tenant, form: signing_in.Form) -> Response:
        application = signing_in.application_for(tenant, form)
        signing_in.check_client(application, form)
        resource = signing_in.resource_of(signing_in.required(form, "scope"), application_only=False)
        person = signing_in.check_person(tenant, form)
        signing_in.environment_for(self._state, tenant, resource)
        signing_in.check_use(tenant, application, person, resource)
        signing_in.check_policy(tenant, person)
        token = tokens.issue(self._state, tenant, application, resource, person)
        body = _lifetime(token) | {"scope": f"{resource}/user_impersonation {resource}/.default"}
        if "openid" in form["scope"]:
            body["id_token"] = tokens.identity(tenant, application, person)
        if "client_info" in form:
            body["client_info"] = tokens.client_info(tenant, person)
        return reply(body)


def _form(request: Request) -> signing_in.Form:
    """Read a token request; the client may name itself in the form, or by Basic authentication."""
    form = request.form.to_dict()
    basic = request.authorization
    if basic and basic.type == "basic":
        form = {
            "client_id": unquote(basic.username or ""),
            "client_secret": unquote(basic.password or ""),
            **form,
        }
    return form


def _lifetime(token: str) -> dict[str, object]:
    return {
        "token_type": "Bearer",
        "expires_in": tokens.LIFE,
        "ext_expires_in": tokens.LIFE,
        "access_token": token,
    }


def _correlation(request: Request) -> str | None:
    """Give back the caller's own identifier, as the service does, where it is one."""
    with contextlib.suppress(ValueError):
        return str(UUID(request.headers.get("client-request-id", "")))
    return None


def _metadata(tenant: str, issuer: str) -> dict[str, object]:
    here = f"{HOST}/{tenant}"
    return {
        "token_endpoint": f"{here}/oauth2/v2.0/token",
        "token_endpoint_auth_methods_supported": [
            "client_secret_post",
            "private_key_jwt",
            "client_secret_basic",
        ],
        "jwks_uri": f"{here}/discovery/v2.0/keys",
        "response_modes_supported": ["query", "fragment", "form_post"],
        "subject_types_supported": ["pairwise"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "response_types_supported": ["code", "id_token", "code id_token", "id_token token"],
        "scopes_supported": ["openid", "profile", "email", "offline_access"],
        "issuer": f"{HOST}/{issuer}/v2.0",
        "request_uri_parameter_supported": False,
        "userinfo_endpoint": "https://graph.microsoft.com/oidc/userinfo",
        "authorization_endpoint": f"{here}/oauth2/v2.0/authorize",
        "device_authorization_endpoint": f"{here}/oauth2/v2.0/devicecode",
        "http_logout_supported": True,
        "frontchannel_logout_supported": True,
        "end_session_endpoint": f"{here}/oauth2/v2.0/logout",
        "kerberos_endpoint": f"{here}/kerberos",
        "tenant_region_scope": "WW",
        "cloud_instance_name": "microsoftonline.com",
        "cloud_graph_host_name": "graph.windows.net",
        "msgraph_host": "graph.microsoft.com",
        "rbac_url": "https://pas.windows.net",
    }
