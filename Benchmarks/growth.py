#!/usr/bin/env python3
"""The time of one list page of leads at several sizes of the table, through the server and in bare SQL.

usage: growth.py address database password socket-folder [seconds]
"""
import glob
import http.client
import re
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse
import xmlrpc.client

address, database, password, socket = sys.argv[1:5]
seconds = float(sys.argv[5]) if len(sys.argv) > 5 else 4.0
host = urllib.parse.urlparse(address)
SIZES = (1_000, 100_000, 1_000_000)
FIELDS = ["name", "type", "state", "priority", "planned_revenue", "probability", "email_from", "phone", "date_action", "active"]
ORDER = "priority, date_action, id DESC"
FILL = """
INSERT INTO crm_lead (name, type, state, priority, active, planned_revenue, probability, date_action, user_id, create_uid, create_date)
SELECT 'Lead ' || n, 'lead', 'draft', (n %% 5 + 1)::text, TRUE, n %% 1000, n %% 100, date '2011-01-01' + n %% 700, 1, 1, now()
FROM generate_series(1, %d) AS n;
VACUUM ANALYZE crm_lead;
"""
PAGE = """
SELECT array_agg(id) AS ids FROM (SELECT id FROM crm_lead WHERE active ORDER BY %s LIMIT 80) AS page \\gset
SELECT id, %s FROM crm_lead WHERE id = ANY(:ids::int[]) ORDER BY %s;
""" % (ORDER, ", ".join(FIELDS), ORDER)


def psql(text):
    output = subprocess.run(
        ["psql", "-qAt", "-v", "ON_ERROR_STOP=1", "-h", socket, "-U", "apus", database], input=text, text=True,
        check=True, capture_output=True)
    return output.stdout.strip()


def bare():
    """Milliseconds of the statements alone, as pgbench averages them."""
    program = sorted(glob.glob("/usr/lib/postgresql/*/bin/pgbench"))[-1]
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as script:
        script.write(PAGE)
        script.flush()
        output = subprocess.run(
            [program, "-n", "-M", "prepared", "-T", str(int(max(1, seconds))), "-f", script.name, "-h", socket,
             "-U", "apus", database], text=True, check=True, capture_output=True).stdout
    return float(re.search(r"latency average = ([0-9.]+) ms", output).group(1))


def served():
    """Milliseconds of a search and a read through the server, on a connection that stays open; the average, as above."""
    connection = http.client.HTTPConnection(host.hostname, host.port)

    def call(*arguments):
        body = xmlrpc.client.dumps((database, 1, password) + arguments, "execute").encode()
        start = time.monotonic()
        connection.request("POST", "/xmlrpc/object", body, {"Content-Type": "text/xml"})
        answer = connection.getresponse().read()
        took = time.monotonic() - start
        return xmlrpc.client.loads(answer)[0][0], took

    times = []
    until = time.monotonic() + seconds
    while time.monotonic() < until or len(times) < 5:
        ids, searching = call("crm.lead", "search", [], 0, 80)
        rows, reading = call("crm.lead", "read", ids, FIELDS)
        assert len(rows) == 80
        times.append((searching + reading) * 1000)
    return statistics.mean(times[1:])


def main():
    psql("DELETE FROM crm_lead WHERE id NOT IN (SELECT res_id FROM ir_model_data WHERE model = 'crm.lead')")
    for size in SIZES:
        missing = size - int(psql("SELECT count(*) FROM crm_lead"))
        psql(FILL % max(0, missing))
        alone, whole = bare(), served()
        print("%9d leads: page %8.2f ms, bare SQL %8.2f ms, ratio %5.2f, difference %5.2f ms" % (
            size, whole, alone, whole / alone, whole - alone), flush=True)


main()
