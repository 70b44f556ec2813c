"""Emulates AWS for the deploy tests: ministack, with patches for what Portico's template needs.

Each patch below says why it exists; template and functions are the same as on AWS.
tests/deploy/emulator.rs sets the environment. One port serves AWS (as 127.0.0.1) and the site (as
localhost).
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
from ministack.services import (
    apigateway,
    cloudfront,
    dynamodb,
    eventbridge,
    lambda_svc,
    scheduler,
    ses_v2,
)
from ministack.services.cloudformation import provisioners

PORT = int(os.environ["GATEWAY_PORT"])
COMPANION = int(os.environ["COMPANION_PORT"])
CLOCK = os.environ["FAKETIME_TIMESTAMP_FILE"]
LIBFAKETIME = os.environ["LIBFAKETIME"]


def after(resource_type, operation, then):
    """Calls `then(physical id, properties, attributes)` after CloudFormation's `operation`."""
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
    """Adds the routes of the OpenAPI `Body`, which ministack's CloudFormation ignores."""
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
                "ApiId": api,
                "RouteKey": f"{method.upper()} {path}",
                "Target": "integrations/" + attributes["IntegrationId"],
            }, "")


def settings_of_the_table(name, properties, _):
    """Sets time to live and point-in-time recovery, which ministack ignores."""
    expiry = properties.get("TimeToLiveSpecification")
    if expiry:
        expiry = {**expiry, "Enabled": expiry["Enabled"] in (True, "true")}
        dynamodb._update_ttl({"TableName": name, "TimeToLiveSpecification": expiry})
    recovery = properties.get("PointInTimeRecoverySpecification")
    if recovery:
        dynamodb._update_continuous_backups({
            "TableName": name,
            "PointInTimeRecoverySpecification": recovery,
        })


def time_zone_of_the_schedule(name, properties, _):
    """Sets a schedule's time zone, which ministack ignores."""
    schedule = scheduler._schedules[f"{properties.get('GroupName', 'default')}/{name}"]
    if properties.get("ScheduleExpressionTimezone"):
        schedule["ScheduleExpressionTimezone"] = properties["ScheduleExpressionTimezone"]


def names_for_the_domain(identity, properties, attributes):
    """Sets the DNS records of a mail domain, which ministack lacks."""
    for number in "123":
        attributes["DkimDNSTokenName" + number] = f"{number}._domainkey.{identity}"
        attributes["DkimDNSTokenValue" + number] = f"{number}.dkim.amazonses.com"


def create_name_only(resource_type, condition):
    """Creates only a name for resources that ministack refuses; no test uses them."""
    handlers = provisioners._RESOURCE_HANDLERS[resource_type]
    create = handlers["create"]

    def patched(logical_id, properties, stack, *others, **named):
        if not condition(properties):
            return create(logical_id, properties, stack, *others, **named)
        name = f"{stack}-{logical_id}"
        return name, {"Arn": f"arn:aws:cloudwatch:{get_region()}:{get_account_id()}:alarm:{name}"}

    handlers["create"] = patched


# An alarm on a sum of metrics.
create_name_only("AWS::CloudWatch::Alarm", lambda alarm: "Metrics" in alarm)
after_each("AWS::ApiGatewayV2::Api", routes_of_the_body)
after_each("AWS::DynamoDB::Table", settings_of_the_table)
after_each("AWS::SES::EmailIdentity", names_for_the_domain)
after_each("AWS::Scheduler::Schedule", time_zone_of_the_schedule)


# --- Clock: libfaketime sets the clock of the functions, which are the real binaries ---


def ahead():
    """Returns the offset of the functions' clock."""
    with open(CLOCK, encoding="ascii") as file:
        return datetime.timedelta(seconds=int(file.read()))


def with_the_clock(config, code_dir, port):
    env = original_env(config, code_dir, port)
    env.update({
        "LD_PRELOAD": LIBFAKETIME,
        "FAKETIME_TIMESTAMP_FILE": CLOCK,
        "FAKETIME_NO_CACHE": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    })
    return env


def signed_at_the_clock(signature, *, now=None):
    """Accepts signatures of the functions' time and of the real time, at which all others sign."""
    functions_now = datetime.datetime.now(datetime.timezone.utc) + ahead()
    real = original_request_time_failure(signature, now=now)
    return real and original_request_time_failure(signature, now=functions_now)


original_env = lambda_svc._provided_worker_env
lambda_svc._provided_worker_env = with_the_clock
original_request_time_failure = sigv4.request_time_failure
sigv4.request_time_failure = signed_at_the_clock


def formatdate(**_):
    """Formats the functions' time for the Date header, which the site reads."""
    return email.utils.formatdate(time.time() + ahead().total_seconds(), usegmt=True)


gateway.formatdate = formatdate


class NeverSwept(type(dynamodb._ttl_settings)):
    """Hides all items from the sweeper: items may have expired by the real time only."""

    __slots__ = ()

    def all_items(self):
        return []


dynamodb._ttl_settings.__class__ = NeverSwept


# --- Mail: the companion, the process that runs the test, stores or refuses it ---


def companion(method, path, headers, body):
    """Sends a request to the companion, and returns its response as ministack's handlers do."""
    connection = http.client.HTTPConnection("127.0.0.1", COMPANION, timeout=30)
    try:
        connection.request(method, path, body, headers)
        response = connection.getresponse()
        # Without the date: SDKs adjust their clock to it, but the functions have their own time.
        headers = response.getheaders()
        headers = {name: value for name, value in headers if name.lower() != "date"}
        return response.status, headers, response.read()
    except OSError as error:
        reason = f"the companion does not respond: {error}"
        return 502, {"content-type": "text/plain"}, reason.encode()
    finally:
        connection.close()


def enforce_sending(method, path, headers, body, query_params, request_id):
    """Checks the permission for the sender's identity and the configuration set, as SES does.

    ministack checks for a permission on all resources.
    """
    if path != "/v2/email/outbound-emails":
        return original_enforce_ses(method, path, headers, body, query_params, request_id)
    mail = json.loads(body)
    resources = ["identity/" + mail["FromEmailAddress"].rsplit("@")[-1].rstrip(">")]
    if mail.get("ConfigurationSetName"):
        resources.append("configuration-set/" + mail["ConfigurationSetName"])
    prefix = f"arn:aws:ses:{get_region()}:{get_account_id()}:"
    for resource in resources:
        refusal = gateway._enforce_data_plane(
            "sesv2", "ses:SendEmail", headers, query_params, request_id, prefix + resource
        )
        if refusal:
            return refusal
    return None


async def send_mail(method, path, headers, body, query_params):
    answer = original_ses(method, path, headers, body, query_params)
    answer = await answer if asyncio.iscoroutine(answer) else answer
    if path == "/v2/email/outbound-emails" and answer[0] == 200:
        json_type = {"content-type": "application/json"}
        return await asyncio.to_thread(companion, "POST", path, json_type, body)
    return answer


original_enforce_ses = gateway._enforce_ses_v2
gateway._enforce_ses_v2 = enforce_sending
original_ses = ses_v2.handle_request
ses_v2.handle_request = send_mail


# --- CloudFront: forwards to APIs of this process, which ministack would refuse ---


def forward(origin, method, uri, query_string, headers, *others, **named):
    api = re.match(r"([0-9a-z]+)\.execute-api\.[a-z0-9-]+\.amazonaws\.com$", origin["domain_name"])
    if api:
        origin = {
            **origin,
            "domain_name": "127.0.0.1",
            "http_port": PORT,
            "protocol_policy": "http-only",
        }
        headers = {name: value for name, value in headers.items() if name.lower() != "host"}
        headers["host"] = f"{api[1]}.execute-api.localhost:{PORT}"
    return original_forward(origin, method, uri, query_string, headers, *others, **named)


def origin_of(*arguments, **named):
    """Recognizes S3 origins with an empty S3OriginConfig, as with an origin access control."""
    origin = original_origin(*arguments, **named)
    origin["s3_bucket"] = origin["s3_bucket"] or cloudfront._s3_origin_bucket(origin["domain_name"])
    return origin


original_origin = cloudfront._dataplane_origin
cloudfront._dataplane_origin = origin_of
original_forward = cloudfront._forward_to_origin
cloudfront._forward_to_origin = forward


# --- Speed: ministack waits 40 ms for an acknowledgement, and 5 ms for more log lines ---


def without_delay(self, *arguments):
    handler = original_handler(self, *arguments)
    handler.disable_nagle_algorithm = True
    handler.wbufsize = -1
    return handler


original_handler = lambda_runtime.ProvidedWorker._build_handler_class
lambda_runtime.ProvidedWorker._build_handler_class = without_delay
original_drain = lambda_runtime.ProvidedWorker._drain_stderr_bounded


def drain_fast(self, first_line_wait=None, **_):
    """Takes the log lines that are there, unless a function has failed to start."""
    if first_line_wait:
        return original_drain(self, first_line_wait=first_line_wait)
    return original_drain(self, first_line_wait=0, idle_confirm=0)


lambda_runtime.ProvidedWorker._drain_stderr_bounded = drain_fast


# --- Endpoints for tests: the site at http://localhost, /_local/ and control over the stream ---

held = False


def execute(function, event):
    """Fails a stream's batch that failed in part, so that it is retried; ministack would not."""
    result = original_execute(function, event)
    body = result.get("body")
    failures = body.get("batchItemFailures") if isinstance(body, dict) else None
    if failures:
        error = {"errorType": "batchItemFailures", "errorMessage": f"{len(failures)} failed"}
        return {**result, "error": True, "body": error}
    return result


def poll_streams():
    return not held and original_poll()


def deliver():
    """Feeds all records of the streams to the functions, and returns how many are left."""
    lambda_svc._esm_backoff_until._data.clear()
    while original_poll():
        pass
    behind = 0
    for _, _, consumer in stream_consumers():
        end = dynamodb.stream_end_position(stream_table(consumer))
        behind += end - position(consumer)
    return {"behind": behind}


def empty(table):
    """Empties a table for the next test, without records in its stream."""
    with dynamodb._lock:
        dynamodb._tables[table]["items"].clear()
        end = dynamodb.stream_end_position(table)
        for _, _, consumer in stream_consumers():
            lambda_svc._dynamodb_stream_positions[consumer["UUID"]] = end
        lambda_svc._esm_backoff_until._data.clear()
    return {}


def stream_consumers():
    mappings = lambda_svc._iter_all_esms()
    return [mapping for mapping in mappings if ":dynamodb:" in mapping[2]["EventSourceArn"]]


def stream_table(consumer):
    return consumer["EventSourceArn"].split("/")[1]


def position(consumer):
    return lambda_svc._dynamodb_stream_positions.get(consumer["UUID"], 0)


original_execute = lambda_svc._execute_function
lambda_svc._execute_function = execute
original_poll = lambda_svc._poll_dynamodb_streams
lambda_svc._poll_dynamodb_streams = poll_streams


def site_host():
    """Returns the site's host: the distribution's."""
    for distribution in list(cloudfront._distributions.values()):
        return distribution["DomainName"]
    for api in list(apigateway._apis.values()):
        return f"{api['apiId']}.execute-api.localhost:{PORT}"
    return None


def publish(events):
    """Publishes events as AWS, which alone may send as `aws.ses`, and returns how many failed."""
    failed.clear()
    for event in events:
        eventbridge._dispatch_event({
            "EventId": event["id"],
            "Source": event["source"],
            "DetailType": event["detail-type"],
            "Detail": json.dumps(event["detail"]),
            "EventBusName": "default",
            "Time": int(time.time()),
            "Resources": event.get("resources", []),
            "Account": get_account_id(),
            "Region": get_region(),
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
    """Records denied actions, so that tests can tell a missing permission from other errors."""
    refusal = original_enforce(access_key, action, *arguments, **named)
    if refusal:
        denied.append(action)
    return refusal


denied = []
original_enforce = iam_evaluator.enforce
iam_evaluator.enforce = enforce


async def command(path, query, body):
    """Runs a test's command at `/_ministack/portico/`."""
    global held
    if path == "denied":
        answer = {"actions": list(denied)}
        denied.clear()
        return answer
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


async def serve(scope, receive, send):
    if scope["type"] != "http":
        return await original_app(scope, receive, send)
    headers = dict(scope["headers"])
    path = scope["path"]
    if path.startswith("/_ministack/portico/"):
        name, query = path.removeprefix("/_ministack/portico/"), scope["query_string"].decode()
        answer = json.dumps(await command(name, query, await whole(receive)))
        return await respond(send, 200, {"content-type": "application/json"}, answer.encode())
    if headers.get(b"host") != f"localhost:{PORT}".encode():
        return await original_app(scope, receive, send)
    if path.startswith("/_local/"):
        body = await whole(receive)
        sent = {name.decode(): value.decode() for name, value in scope["headers"]}
        response = await asyncio.to_thread(companion, scope["method"], path, sent, body)
        return await respond(send, *response)
    replaced = (b"host", b"x-forwarded-proto")
    kept = [(name, value) for name, value in scope["headers"] if name not in replaced]
    added = [(b"host", (site_host() or "").encode()), (b"x-forwarded-proto", b"https")]
    return await original_app({**scope, "headers": added + kept}, receive, send)


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
    kept.append((b"content-length", str(len(body)).encode()))
    await send({"type": "http.response.start", "status": status, "headers": kept})
    await send({"type": "http.response.body", "body": body})


original_app = gateway.app
gateway.app = serve


def end_with_the_test():
    """Stops with the program that started it, however that stops, together with the functions."""
    sys.stdin.read()
    os.killpg(os.getpgid(0), signal.SIGKILL)


if __name__ == "__main__":
    threading.Thread(target=end_with_the_test, daemon=True).start()
    gateway.main()
