#!/usr/bin/env python3
"""Restores accounts from another table: a point-in-time restore, or the table of an older stack.

`cargo xtask operator restore` runs it. Accounts, professionals, address claims and links become
what they are in the other table. Activity is only added to. Sessions, sign-ins, mail and counters
are not touched. Each write requires that the item has not changed since it was read, and makes
concurrent changes of the item fail with a conflict, so people can go on working.
"""

import argparse
import itertools
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import boto3
from boto3.dynamodb.types import TypeDeserializer
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

# Prefixes of the partition keys to restore. All other items are short-lived.
PREFIXES = ("account#", "identity#")
# Attempts to restore items that change meanwhile.
ATTEMPTS = 5
WORKERS = 16
DESERIALIZER = TypeDeserializer()


class Table:
    """A table of Portico."""

    def __init__(self, name, region):
        # One connection for each worker.
        config = Config(
            max_pool_connections=WORKERS, retries={"mode": "standard", "max_attempts": 10}
        )
        self.client = boto3.client("dynamodb", region_name=region, config=config)
        self.name = name

    def all_items(self):
        """Yields every item to restore."""
        pages = self.client.get_paginator("scan").paginate(
            TableName=self.name, ConsistentRead=True
        )
        for page in pages:
            yield from (item for item in page["Items"] if item["pk"]["S"].startswith(PREFIXES))

    def partition(self, key):
        """Yields the items of one partition."""
        pages = self.client.get_paginator("query").paginate(
            TableName=self.name,
            ConsistentRead=True,
            KeyConditionExpression="pk = :pk",
            ExpressionAttributeValues={":pk": {"S": key}},
        )
        for page in pages:
            yield from page["Items"]

    def get(self, key):
        """Returns an item, or `None`."""
        names = {"pk": {"S": key[0]}, "sk": {"S": key[1]}}
        answer = self.client.get_item(TableName=self.name, Key=names, ConsistentRead=True)
        return answer.get("Item")

    def items(self, account):
        """Returns the items of one account, or of all, by key."""
        items = self.all_items() if account is None else self.partition(f"account#{account}")
        return {key(item): item for item in items}

    def replace(self, before, after):
        """Replaces `before` with `after`, or deletes it. Returns `False` if it has changed."""
        condition, values = unchanged(before)
        options = {"TableName": self.name, "ConditionExpression": condition}
        if values:
            options["ExpressionAttributeValues"] = values
        try:
            if after is None:
                names = {"pk": before["pk"], "sk": before["sk"]}
                self.client.delete_item(Key=names, **options)
            else:
                self.client.put_item(Item=after, **options)
        except self.client.exceptions.ConditionalCheckFailedException:
            return False
        return True


def key(item):
    return item["pk"]["S"], item["sk"]["S"]


def kind(key):
    return key[1].split("#")[0]


def unchanged(before):
    """Returns the condition that an item is as it was read, and the condition's values.

    Items that requests update have a version.
    """
    if before is None:
        return "attribute_not_exists(pk)", {}
    if "version" in before:
        return "version = :version", {":version": before["version"]}
    return "attribute_exists(pk)", {}


def links(account, tables):
    """Yields the keys of the links of an account's professionals in any of the tables' items."""
    for item in itertools.chain(*(items.values() for items in tables)):
        linked = DESERIALIZER.deserialize(item["linked"]) if "linked" in item else None
        if linked:
            yield f"identity#{linked['identity']['key']}", f"link#{account}"


def read(source, target, account):
    """Reads the items of one account, or of all, from both tables."""
    wanted, current = source.items(account), target.items(account)
    if account is not None:
        for link in set(links(account, (wanted, current))):
            for table, items in ((source, wanted), (target, current)):
                if item := table.get(link):
                    items[link] = item
    return wanted, current


def changes(wanted, current):
    """Lists the changes from `current` to `wanted`, as pairs of an item before and after."""
    pairs = []
    for item_key in wanted.keys() | current.keys():
        before, after = current.get(item_key), wanted.get(item_key)
        if kind(item_key) == "event" and before is not None:
            continue  # append-only
        if after is not None and before is not None and "version" in before:
            # A new version makes concurrent writes that read the old item fail.
            after = {**after, "version": before["version"]}
            if after != before:
                after["version"] = {"N": str(int(before["version"]["N"]) + 1)}
        if after != before:
            pairs.append((before, after))
    return pairs


def summary(pairs):
    """Returns the numbers of changes in words: `1 link added, 2 professional changed`."""
    counts = Counter()
    for before, after in pairs:
        change = "added" if before is None else "deleted" if after is None else "changed"
        counts[kind(key(after or before)), change] += 1
    parts = (f"{count} {name} {change}" for (name, change), count in sorted(counts.items()))
    return ", ".join(parts) or "nothing"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--from", dest="source", required=True, help="the table to restore from")
    parser.add_argument("--from-region", help="its region, if another")
    parser.add_argument("--to", required=True, help="the portal's table")
    parser.add_argument("--region", required=True)
    parser.add_argument("--account", help="restore only the account with this id")
    parser.add_argument(
        "--dry-run", action="store_true", help="print what would change, and change nothing"
    )
    options = parser.parse_args()
    source = Table(options.source, options.from_region or options.region)
    target = Table(options.to, options.region)

    for _ in range(ATTEMPTS):
        wanted, current = read(source, target, options.account)
        if not wanted:
            sys.exit(
                f"{options.source} has no items of {options.account or 'any account'};"
                " nothing was changed"
            )
        pairs = changes(wanted, current)
        if options.dry_run:
            print(f"would change: {summary(pairs)}")
            return
        if not pairs:
            print("nothing to change")
            return
        with ThreadPoolExecutor(WORKERS) as workers:
            done = list(workers.map(lambda pair: target.replace(*pair), pairs))
        print(summary(list(itertools.compress(pairs, done))))
        if all(done):
            return
        print(f"{done.count(False)} items changed meanwhile; reading them again")
    sys.exit("items keep changing; block requests for a moment and run this again")


if __name__ == "__main__":
    try:
        main()
    except (BotoCoreError, ClientError) as error:
        sys.exit(f"AWS refused: {error}")
