#!/usr/bin/env python3
"""Prints infra/template.yaml as CloudFormation gets it, in JSON: SAM's transformation, done here. With PARAMETER=VALUE arguments."""

import json
import os
import sys
from pathlib import Path

os.environ.setdefault("AWS_DEFAULT_REGION", "eu-central-1")

from samtranslator.public.translator import ManagedPolicyLoader
from samtranslator.translator.transform import transform
from samtranslator.yaml_helper import yaml_parse


class Policies(ManagedPolicyLoader):
    """AWS's own policies by name, which the translator would ask IAM for."""

    def __init__(self):
        super().__init__(None)

    def load(self):
        service_roles = ["AWSLambdaBasicExecutionRole", "AWSLambdaDynamoDBExecutionRole", "AWSLambdaSQSQueueExecutionRole"]
        policies = {name: f"arn:aws:iam::aws:policy/service-role/{name}" for name in service_roles}
        return policies | {name: f"arn:aws:iam::aws:policy/{name}" for name in ["AWSXrayWriteOnlyAccess", "AWSXRayDaemonWriteAccess"]}


def main():
    """Transforms with the parameters' defaults, and a text that is no default for those without one."""
    template = yaml_parse((Path(__file__).parents[2] / "infra/template.yaml").read_text())
    given = dict(argument.split("=", 1) for argument in sys.argv[1:])
    parameters = {name: given.get(name, it.get("Default", f"the {name}")) for name, it in template["Parameters"].items()}
    for resource in template["Resources"].values():
        if resource["Type"] == "AWS::Serverless::Function":
            resource["Properties"]["CodeUri"] = {"Bucket": "functions", "Key": resource["Properties"]["CodeUri"].split("/")[-1]}
    json.dump(transform(template, parameters, Policies()), sys.stdout, indent=1)


if __name__ == "__main__":
    main()
