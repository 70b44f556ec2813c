"""Canaille with its own pages, for tests/providers.

`python canaille.py '{"client", "secret", "person": {"email", "name", "password"}}'` writes
`listening ISSUER`, then takes commands line by line and answers each with `done`: `serve SITE` (the
portal's address) and `rotate` (sign with a new key from now on). It exits when its standard input is
closed.
"""

import json
import logging
import os
import sys
import threading
import uuid

# The libraries refuse addresses without TLS otherwise.
os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"

from canaille import create_app
from canaille.app import models
from canaille.backends import Backend
from joserfc.jwk import RSAKey
from werkzeug.serving import make_server


def new_key():
    return RSAKey.generate_key(2048, auto_kid=True).as_dict(private=True)


def configure(app, site, settings):
    """Registers the portal, and the person who signs in."""
    person = settings["person"]
    with app.app_context():
        Backend.instance.save(
            models.User(
                formatted_name=person["name"],
                family_name=person["name"].split()[-1],
                user_name=person["email"].split("@")[0],
                emails=[person["email"]],
                password=person["password"],
            )
        )
        client = models.Client(
            client_id=settings["client"],
            client_name="Portico",
            client_secret=settings["secret"],
            # Trusted, since it is on this machine: no page asks for consent.
            client_uri=site,
            redirect_uris=[f"{site}/api/sign-in/callback/canaille"],
            post_logout_redirect_uris=[f"{site}/"],
            grant_types=["authorization_code"],
            response_types=["code"],
            scope=["openid", "profile", "email"],
            token_endpoint_auth_method="client_secret_post",
            id_token_signed_response_alg="RS256",
        )
        Backend.instance.save(client)
        client.audience = [client]
        Backend.instance.save(client)


def main():
    settings = json.loads(sys.argv[1])
    logging.disable()
    # The port is a part of the issuer.
    server = make_server("127.0.0.1", 0, None, threaded=True)
    issuer = f"127.0.0.1:{server.server_port}"
    app = create_app(
        config={
            "ENV_FILE": None,
            "SECRET_KEY": str(uuid.uuid4()),
            "PREFERRED_URL_SCHEME": "http",
            "SERVER_NAME": issuer,
            "CANAILLE": {"DATABASE": "memory", "JAVASCRIPT": False},
            "CANAILLE_OIDC": {"ACTIVE_JWKS": [new_key()]},
        },
        env_file=None,
    )
    server.app = app
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(f"listening http://{issuer}", flush=True)
    for line in sys.stdin:
        command, *rest = line.split()
        if command == "serve":
            configure(app, rest[0], settings)
        else:
            app.config["CANAILLE_OIDC"]["ACTIVE_JWKS"] = [new_key()]
        print("done", flush=True)


main()
