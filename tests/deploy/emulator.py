"""AWS on this machine, for the deploy test: ministack, with what it lacks for Portico's template filled in.

Everything is ministack's own but the patches below, each of which says why it is there; the template and the functions know nothing of it.
Its environment is set by tests/deploy/emulator.rs. One port answers for AWS (as 127.0.0.1) and for the site (as localhost).
"""

import asyncio
import datetime
import email.utils
import http.client
import json
import os
import re
import signal
import sys
import threading
import time

from ministack import app as gateway
from ministack.core import iam_evaluator, lambda_runtime, sigv4
from ministack.core.responses import get_account_id, get_region
from ministack.services import apigateway, cloudfront, dynamodb, eventbridge, lambda_svc, scheduler, ses_v2
from ministack.services.cloudformation import provisioners

PORT = int(os.environ["GATEWAY_PORT"])
COMPANION = int(os.environ["COMPANION_PORT"])
CLOCK = os.environ["FAKETIME_TIMESTAMP_FILE"]
LIBFAKETIME = os.environ["LIBFAKETIME"]


def after(resource_type, operation, then):
    """Has `then(physical id, properties, attributes)` follow CloudFormation's `operation` on a type of resources."""
    handlers = provisioners._RESOURCE_HANDLERS[resource_type]
    original = handlers[operation]

    def patched(*arguments, **named):
        result = original(*arguments, **named)
        properties = arguments[1] if operation == "create" else arguments[2]
        then(result[0], properties, result[1])
        return result

    handlers[operation] = patched


def after_each(resource_type, then):
    after(resource_type, "create", then)
    after(resource_type, "update", then)


# --- CloudFormation ---


def routes_of_the_body(api, properties, _):
    """SAM gives an HTTP API its routes as an OpenAPI `Body`, which ministack's CloudFormation leaves out."""
    apigateway._routes[api] = {}
    apigateway._integrations[api] = {}
    for path, operations in (properties.get("Body") or {}).get("paths", {}).items():
        for method, operation in operations.items():
            integration = operation.get("x-amazon-apigateway-integration")
            if not integration:
                continue
            _, attributes = provisioners._apigw_v2_integration_create("", {
                "ApiId": api,
                "IntegrationType": integration["type"].upper(),
                "IntegrationMethod": integration["httpMethod"],
                "IntegrationUri": integration["uri"],
                "PayloadFormatVersion": integration["payloadFormatVersion"],
            }, "")
            provisioners._apigw_v2_route_create("", {
                "ApiId": api, "RouteKey": f"{method.upper()} {path}", "Target": "integrations/" + attributes["IntegrationId"],
            }, "")


def settings_of_the_table(name, properties, _):
    """Time to live and point-in-time recovery are left out as well."""
    expiry = properties.get("TimeToLiveSpecification")
    if expiry:
        dynamodb._update_ttl({"TableName": name, "TimeToLiveSpecification": {**expiry, "Enabled": expiry["Enabled"] in (True, "true")}})
    recovery = properties.get("PointInTimeRecoverySpecification")
    if recovery:
        dynamodb._update_continuous_backups({"TableName": name, "PointInTimeRecoverySpecification": recovery})


def time_zone_of_the_schedule(name, properties, _):
    """So is a schedule's time zone."""
    schedule = scheduler._schedules[f"{properties.get('GroupName', 'default')}/{name}"]
    if properties.get("ScheduleExpressionTimezone"):
        schedule["ScheduleExpressionTimezone"] = properties["ScheduleExpressionTimezone"]


def names_for_the_domain(identity, properties, attributes):
    """So are the DNS records that prove a mail domain."""
    for number in "123":
        attributes["DkimDNSTokenName" + number] = f"{number}._domainkey.{identity}"
        attributes["DkimDNSTokenValue" + number] = f"{number}.dkim.amazonses.com"


def leave_alone(resource_type, condition):
    """Lets resources that ministack refuses stand in the stack as a name alone; no test uses them."""
    handlers = provisioners._RESOURCE_HANDLERS[resource_type]
    create = handlers["create"]

    def patched(logical_id, properties, stack, *others, **named):
        if not condition(properties):
            return create(logical_id, properties, stack, *others, **named)
        name = f"{stack}-{logical_id}"
        return name, {"Arn": f"arn:aws:cloudwatch:{get_region()}:{get_account_id()}:alarm:{name}"}

    handlers["create"] = patched


# An alarm on a sum of metrics.
leave_alone("AWS::CloudWatch::Alarm", lambda it: "Metrics" in it)
after_each("AWS::ApiGatewayV2::Api", routes_of_the_body)
after_each("AWS::DynamoDB::Table", settings_of_the_table)
after_each("AWS::SES::EmailIdentity", names_for_the_domain)
after_each("AWS::Scheduler::Schedule", time_zone_of_the_schedule)


# --- The clock: the functions are the real binaries, so the time is moved around them ---


def ahead():
    """How far the functions' clock is moved."""
    with open(CLOCK, encoding="ascii") as file:
        return datetime.timedelta(seconds=int(file.read()))


def with_the_clock(config, code_dir, port):
    env = original_env(config, code_dir, port)
    env.update({"LD_PRELOAD": LIBFAKETIME, "FAKETIME_TIMESTAMP_FILE": CLOCK, "FAKETIME_NO_CACHE": "1", "FAKETIME_DONT_FAKE_MONOTONIC": "1"})
    return env


def signed_at_the_clock(signature, *, now=None):
    """Requests that the functions sign carry the time they have been told; anyone else's carry the real one."""
    real = original_request_time_failure(signature, now=now)
    return real and original_request_time_failure(signature, now=datetime.datetime.now(datetime.timezone.utc) + ahead())


original_env = lambda_svc._provided_worker_env
lambda_svc._provided_worker_env = with_the_clock
original_request_time_failure = sigv4.request_time_failure
sigv4.request_time_failure = signed_at_the_clock
# The site reads the time off the answers.
gateway.formatdate = lambda **_: email.utils.formatdate(time.time() + ahead().total_seconds(), usegmt=True)


class NeverSwept(type(dynamodb._ttl_settings)):
    """What has expired by the real time may be good by the moved one, so that the sweeper finds nothing."""

    __slots__ = ()

    def all_items(self):
        return []


dynamodb._ttl_settings.__class__ = NeverSwept


# --- Mail: goes on to the companion, the process that runs the test, which keeps it whole or refuses it ---


def companion(method, path, headers, body):
    """Asks the companion, and returns its answer as ministack's handlers do."""
    connection = http.client.HTTPConnection("127.0.0.1", COMPANION, timeout=30)
    try:
        connection.request(method, path, body, headers)
        response = connection.getresponse()
        # Not its date: an SDK takes the time from it, and the functions have a time of their own.
        return response.status, {name: value for name, value in response.getheaders() if name.lower() != "date"}, response.read()
    except OSError as error:
        return 502, {"content-type": "text/plain"}, f"the companion does not answer: {error}".encode()
    finally:
        connection.close()


def right_to_send(method, path, headers, body, query_params, request_id):
    """Sending needs the right to the sender's identity and to the configuration set; ministack asks for one to everything."""
    if path != "/v2/email/outbound-emails":
        return original_right(method, path, headers, body, query_params, request_id)
    mail = json.loads(body)
    resources = ["identity/" + mail["FromEmailAddress"].rsplit("@")[-1].rstrip(">")]
    if mail.get("ConfigurationSetName"):
        resources.append("configuration-set/" + mail["ConfigurationSetName"])
    prefix = f"arn:aws:ses:{get_region()}:{get_account_id()}:"
    answers = (gateway._enforce_data_plane("sesv2", "ses:SendEmail", headers, query_params, request_id, prefix + it) for it in resources)
    return next((it for it in answers if it), None)


async def send_mail(method, path, headers, body, query_params):
    answer = original_ses(method, path, headers, body, query_params)
    answer = await answer if asyncio.iscoroutine(answer) else answer
    if path == "/v2/email/outbound-emails" and answer[0] == 200:
        return await asyncio.to_thread(companion, "POST", path, {"content-type": "application/json"}, body)
    return answer


original_right = gateway._enforce_ses_v2
gateway._enforce_ses_v2 = right_to_send
original_ses = ses_v2.handle_request
ses_v2.handle_request = send_mail


# --- CloudFront: an origin that is an API of this very process is reached here instead of being refused ---


def forward(origin, method, uri, query_string, headers, *others, **named):
    api = re.match(r"([0-9a-z]+)\.execute-api\.[a-z0-9-]+\.amazonaws\.com$", origin["domain_name"])
    if api:
        origin = {**origin, "domain_name": "127.0.0.1", "http_port": PORT, "protocol_policy": "http-only"}
        headers = {name: value for name, value in headers.items() if name.lower() != "host"}
        headers["host"] = f"{api[1]}.execute-api.localhost:{PORT}"
    return original_forward(origin, method, uri, query_string, headers, *others, **named)


def origin_of(*arguments, **named):
    """An S3 origin whose S3OriginConfig is empty, as it is with an origin access control, is one of S3 all the same."""
    origin = original_origin(*arguments, **named)
    origin["s3_bucket"] = origin["s3_bucket"] or cloudfront._s3_origin_bucket(origin["domain_name"])
    return origin


original_origin = cloudfront._dataplane_origin
cloudfront._dataplane_origin = origin_of
original_forward = cloudfront._forward_to_origin
cloudfront._forward_to_origin = forward


# --- Speed: the Runtime API waits 40 ms for an acknowledgement and up to 50 for a first line of log, at every invocation ---


def without_delay(self, *arguments):
    handler = original_handler(self, *arguments)
    handler.disable_nagle_algorithm = True
    handler.wbufsize = -1
    return handler


original_handler = lambda_runtime.ProvidedWorker._build_handler_class
lambda_runtime.ProvidedWorker._build_handler_class = without_delay
original_drain = lambda_runtime.ProvidedWorker._drain_stderr_bounded
lambda_runtime.ProvidedWorker._drain_stderr_bounded = lambda self, **_: original_drain(self, first_line_wait=0.002, idle_confirm=0.005)


# --- The door for tests: the site at http://localhost, the companion's pages, and the table's stream at the word of a test ---

held = False


def execute(function, event):
    """A stream's batch that failed in part counts as done in ministack; here it is tried again."""
    result = original_execute(function, event)
    failures = result["body"].get("batchItemFailures") if isinstance(result.get("body"), dict) else None
    if failures:
        return {**result, "error": True, "body": {"errorType": "batchItemFailures", "errorMessage": f"{len(failures)} failed"}}
    return result


def poll_streams():
    return not held and original_poll()


def deliver():
    """Feeds the functions what is in the streams until nothing is left, and tells what stayed behind."""
    lambda_svc._esm_backoff_until._data.clear()
    while original_poll():
        pass
    return {"behind": sum(dynamodb.stream_end_position(stream_table(it)) - position(it) for _, _, it in stream_consumers())}


def empty(table):
    """Empties a table without a trace in its stream, for the next test."""
    with dynamodb._lock:
        dynamodb._tables[table]["items"].clear()
        for _, _, consumer in stream_consumers():
            lambda_svc._dynamodb_stream_positions[consumer["UUID"]] = dynamodb.stream_end_position(table)
        lambda_svc._esm_backoff_until._data.clear()
    return {}


def stream_consumers():
    return [it for it in lambda_svc._iter_all_esms() if ":dynamodb:" in it[2]["EventSourceArn"]]


def stream_table(consumer):
    return consumer["EventSourceArn"].split("/")[1]


def position(consumer):
    return lambda_svc._dynamodb_stream_positions.get(consumer["UUID"], 0)


original_execute = lambda_svc._execute_function
lambda_svc._execute_function = execute
original_poll = lambda_svc._poll_dynamodb_streams
lambda_svc._poll_dynamodb_streams = poll_streams


def site_host():
    """The host that stands for the site: the distribution's."""
    for distribution in list(cloudfront._distributions.values()):
        return distribution["DomainName"]
    for api in list(apigateway._apis.values()):
        return f"{api['apiId']}.execute-api.localhost:{PORT}"
    return None


def publish(events):
    """Hands events to the functions whose rules they match, and tells how many failed: AWS alone may send as `aws.ses`."""
    failed.clear()
    for event in events:
        eventbridge._dispatch_event({
            "EventId": event["id"], "Source": event["source"], "DetailType": event["detail-type"], "Detail": json.dumps(event["detail"]),
            "EventBusName": "default", "Time": int(time.time()), "Resources": event.get("resources", []),
            "Account": get_account_id(), "Region": get_region(),
        })
    return {"failed": len(failed)}


def dispatch(arn, payload):
    function, configuration, _ = lambda_svc._get_func_record_for_ref(arn)
    record = lambda_svc._execution_record_for_config(function, configuration)
    result = lambda_svc._execute_function_with_config_scope(record, json.loads(payload))
    if result.get("error"):
        failed.append(result)


failed = []
eventbridge._dispatch_to_lambda = dispatch


def enforce(access_key, action, *arguments, **named):
    """What was refused is kept, so that a test can tell a missing right from another fault."""
    refusal = original_enforce(access_key, action, *arguments, **named)
    if refusal:
        denied.append(action)
    return refusal


denied = []
original_enforce = iam_evaluator.enforce
iam_evaluator.enforce = enforce


async def command(path, query, body):
    """What tests ask for at `/_ministack/portico/`."""
    global held
    if path == "denied":
        told = {"actions": list(denied)}
        denied.clear()
        return told
    if path == "cold":
        await asyncio.to_thread(lambda_runtime.reset)
        return {}
    if path == "publish":
        return await asyncio.to_thread(publish, json.loads(body))
    if path == "hold":
        held = query == "on"
        return {}
    if path == "deliver":
        return await asyncio.to_thread(deliver)
    return await asyncio.to_thread(empty, query)


async def door(scope, receive, send):
    if scope["type"] != "http":
        return await original_app(scope, receive, send)
    headers = dict(scope["headers"])
    path = scope["path"]
    if path.startswith("/_ministack/portico/"):
        told = await command(path.removeprefix("/_ministack/portico/"), scope["query_string"].decode(), await whole(receive))
        return await respond(send, 200, {"content-type": "application/json"}, json.dumps(told).encode())
    if headers.get(b"host") != f"localhost:{PORT}".encode():
        return await original_app(scope, receive, send)
    if path.startswith("/_local/"):
        body = await whole(receive)
        asked = {name.decode(): value.decode() for name, value in scope["headers"]}
        return await respond(send, *await asyncio.to_thread(companion, scope["method"], path, asked, body))
    kept = [it for it in scope["headers"] if it[0] not in (b"host", b"x-forwarded-proto")]
    there = [(b"host", (site_host() or "").encode()), (b"x-forwarded-proto", b"https")]
    return await original_app({**scope, "headers": there + kept}, receive, send)


async def whole(receive):
    body = b""
    while True:
        message = await receive()
        body += message.get("body", b"")
        if not message.get("more_body"):
            return body


async def respond(send, status, headers, body):
    kept = [(name.lower().encode(), value.encode()) for name, value in headers.items()
            if name.lower() not in ("content-length", "transfer-encoding", "connection")]
    await send({"type": "http.response.start", "status": status, "headers": [*kept, (b"content-length", str(len(body)).encode())]})
    await send({"type": "http.response.body", "body": body})


original_app = gateway.app
gateway.app = door

def end_with_the_test():
    """Ends with the program that has started it, however that ends, and takes the functions along."""
    sys.stdin.read()
    os.killpg(os.getpgid(0), signal.SIGKILL)


if __name__ == "__main__":
    threading.Thread(target=end_with_the_test, daemon=True).start()
    gateway.main()
