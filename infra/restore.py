#!/usr/bin/env python3
"""Puts accounts back as another table has them: one that DynamoDB restored from a point in time, or that of an older stack.

`cargo xtask operator restore` runs it. Accounts, professionals, address claims and links become what they are in the other table; activity is
only added to; sessions, sign-ins, mails and counters are left alone. Each item is written on the condition that nobody has changed it
since it was read, and whoever changes it at the same time is told to try again, so people may go on working.
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

# What the beginnings of partition keys are that are put back. The rest is of the moment.
KEPT = ("account#", "identity#")
# Rounds in which what somebody changed meanwhile is read and put back anew.
ROUNDS = 5
WORKERS = 16
PLAIN = TypeDeserializer()


class Table:
    """A table of Portico's."""

    def __init__(self, name, region):
        # One connection for each worker.
        config = Config(max_pool_connections=WORKERS, retries={"mode": "standard", "max_attempts": 10})
        self.client = boto3.client("dynamodb", region_name=region, config=config)
        self.name = name

    def everything(self):
        """Yields every item that is put back."""
        for page in self.client.get_paginator("scan").paginate(TableName=self.name, ConsistentRead=True):
            yield from (it for it in page["Items"] if it["pk"]["S"].startswith(KEPT))

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
        """Returns an item, or nothing."""
        names = {"pk": {"S": key[0]}, "sk": {"S": key[1]}}
        return self.client.get_item(TableName=self.name, Key=names, ConsistentRead=True).get("Item")

    def items(self, account):
        """Returns the items of one account, or of all, by key."""
        if account is None:
            return {key(it): it for it in self.everything()}
        return {key(it): it for it in self.partition(f"account#{account}")}

    def replace(self, before, after):
        """Writes `after` in the place of `before`, or deletes it; tells whether `before` was still there as it was read."""
        condition, values = unchanged(before)
        more = {"ExpressionAttributeValues": values} if values else {}
        try:
            if after is None:
                names = {"pk": before["pk"], "sk": before["sk"]}
                self.client.delete_item(TableName=self.name, Key=names, ConditionExpression=condition, **more)
            else:
                self.client.put_item(TableName=self.name, Item=after, ConditionExpression=condition, **more)
        except self.client.exceptions.ConditionalCheckFailedException:
            return False
        return True


def key(item):
    return item["pk"]["S"], item["sk"]["S"]


def kind(key):
    return key[1].split("#")[0]


def unchanged(before):
    """Says that an item is as it was read. Items that change under people's hands have a version."""
    if before is None:
        return "attribute_not_exists(pk)", {}
    if "version" in before:
        return "version = :version", {":version": before["version"]}
    return "attribute_exists(pk)", {}


def links(account, tables):
    """Yields the keys of the links that an account's professionals have in any of the tables' items."""
    for item in itertools.chain(*(it.values() for it in tables)):
        linked = PLAIN.deserialize(item["linked"]) if "linked" in item else None
        if linked:
            yield f"identity#{linked['identity']['key']}", f"link#{account}"


def read(source, target, account):
    """Reads what both tables hold of one account, or of all."""
    wanted, there = source.items(account), target.items(account)
    if account is not None:
        for link in set(links(account, (wanted, there))):
            for table, items in ((source, wanted), (target, there)):
                if item := table.get(link):
                    items[link] = item
    return wanted, there


def changes(wanted, there):
    """Lists what has to be done to `there` to make it `wanted`: pairs of an item before and after."""
    todo = []
    for at in wanted.keys() | there.keys():
        before, after = there.get(at), wanted.get(at)
        if kind(at) == "activity" and before is not None:
            continue  # append-only
        if after is not None and before is not None and "version" in before:
            # A version is never seen twice, so whoever read the one before writes nothing on top of this.
            after = {**after, "version": before["version"]}
            if after != before:
                after["version"] = {"N": str(int(before["version"]["N"]) + 1)}
        if after != before:
            todo.append((before, after))
    return todo


def told(todo):
    """Counts changes for people: `2 professionals changed, 1 link added`."""
    words = Counter()
    for before, after in todo:
        what = "added" if before is None else "deleted" if after is None else "changed"
        words[kind(key(after or before)), what] += 1
    return ", ".join(f"{count} {name} {what}" for (name, what), count in sorted(words.items())) or "nothing"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--from", dest="source", required=True, help="the table that has things as they should be")
    parser.add_argument("--from-region", help="its region, if another")
    parser.add_argument("--to", required=True, help="the portal's table")
    parser.add_argument("--region", required=True)
    parser.add_argument("--account", help="one account only, by its identifier")
    parser.add_argument("--dry-run", action="store_true", help="says what would change and changes nothing")
    given = parser.parse_args()
    source, target = Table(given.source, given.from_region or given.region), Table(given.to, given.region)

    for _ in range(ROUNDS):
        wanted, there = read(source, target, given.account)
        if not wanted:
            sys.exit(f"{given.source} holds nothing of {given.account or 'any account'}: nothing was changed")
        todo = changes(wanted, there)
        if given.dry_run:
            print(f"would change: {told(todo)}")
            return
        if not todo:
            print("all is as it is there")
            return
        with ThreadPoolExecutor(WORKERS) as workers:
            done = list(workers.map(lambda it: target.replace(*it), todo))
        print(told(list(itertools.compress(todo, done))))
        if all(done):
            return
        print(f"{done.count(False)} were changed by somebody else meanwhile and are read again")
    sys.exit("people keep changing what is put back; keep them out for a moment and run this again")


if __name__ == "__main__":
    try:
        main()
    except (BotoCoreError, ClientError) as error:
        sys.exit(f"AWS refused: {error}")
