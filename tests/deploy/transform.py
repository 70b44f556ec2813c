#!/usr/bin/env python3
"""Prints infra/template.yaml as JSON after SAM's transformation.

Takes PARAMETER=VALUE arguments, or the path of another template, which it prints as it is.
"""

import json
import os
import sys
from pathlib import Path

os.environ.setdefault("AWS_DEFAULT_REGION", "eu-central-1")

from samtranslator.public.translator import ManagedPolicyLoader
from samtranslator.translator.transform import transform
from samtranslator.yaml_helper import yaml_parse


class Policies(ManagedPolicyLoader):
    """AWS's managed policies by name, which the translator would request from IAM."""

    def __init__(self):
        super().__init__(None)

    def load(self):
        names = [
            "service-role/AWSLambdaBasicExecutionRole",
            "service-role/AWSLambdaDynamoDBExecutionRole",
            "service-role/AWSLambdaSQSQueueExecutionRole",
            "AWSXrayWriteOnlyAccess",
            "AWSXRayDaemonWriteAccess",
        ]
        return {name.split("/")[-1]: f"arn:aws:iam::aws:policy/{name}" for name in names}


def main():
    """Uses the parameters' defaults, and a placeholder for parameters without one."""
    root = Path(__file__).parents[2]
    if sys.argv[1:] and sys.argv[1].endswith(".yaml"):
        json.dump(yaml_parse((root / sys.argv[1]).read_text()), sys.stdout, indent=1)
        return
    template = yaml_parse((root / "infra/template.yaml").read_text())
    given = dict(argument.split("=", 1) for argument in sys.argv[1:])
    parameters = {
        name: given.get(name, parameter.get("Default", f"the {name}"))
        for name, parameter in template["Parameters"].items()
    }
    for resource in template["Resources"].values():
        if resource["Type"] == "AWS::Serverless::Function":
            name = resource["Properties"]["CodeUri"].split("/")[-1]
            resource["Properties"]["CodeUri"] = {"Bucket": "functions", "Key": name}
    json.dump(transform(template, parameters, Policies()), sys.stdout, indent=1)


if __name__ == "__main__":
    main()
