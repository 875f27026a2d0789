#!/usr/bin/env python3
"""A closed loop of reads over keep-alive connections, and what they cost by /proc.

usage: load.py address database password server-pid [seconds]
"""
import multiprocessing
import os
import pathlib
import re
import socket
import statistics
import sys
import time
import urllib.parse
import xmlrpc.client

address, database, password, server = sys.argv[1:5]
seconds = float(sys.argv[5]) if len(sys.argv) > 5 else 3.0
host = urllib.parse.urlparse(address)
FIELDS = ["name", "ref", "customer", "supplier", "user_id", "company_id", "category_id", "website", "city", "phone"]


def call(*arguments):
    return xmlrpc.client.ServerProxy(address + "/xmlrpc/object").execute(database, 1, password, *arguments)


def cpu(pid):
    """Own CPU seconds of a process."""
    fields = pathlib.Path("/proc/%s/stat" % pid).read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def backends():
    """CPU seconds of the PostgreSQL processes that serve the database."""
    total = 0.0
    for entry in pathlib.Path("/proc").iterdir():
        try:
            if entry.name.isdigit() and ("postgres:" in (entry / "cmdline").read_text() and database in (entry / "cmdline").read_text()):
                total += cpu(entry.name)
        except OSError:
            continue
    return total


def memory(pid):
    for line in pathlib.Path("/proc/%s/status" % pid).read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0


def client(body, until, results):
    """Sends a request in one piece, as C clients do, and waits for its answer, again and again."""
    request = ("POST /xmlrpc/object HTTP/1.1\r\nHost: %s\r\nContent-Type: text/xml\r\nContent-Length: %d\r\n\r\n"
               % (host.netloc, len(body))).encode() + body
    connection = socket.create_connection((host.hostname, host.port))
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    times = []
    while time.monotonic() < until:
        start = time.monotonic()
        connection.sendall(request)
        answer = connection.recv(1 << 20)
        while b"\r\n\r\n" not in answer:
            answer += connection.recv(1 << 20)
        head, _, rest = answer.partition(b"\r\n\r\n")
        missing = int(re.search(rb"(?i)content-length: *([0-9]+)", head).group(1)) - len(rest)
        while missing > 0:
            missing -= len(connection.recv(1 << 20))
        times.append(time.monotonic() - start)
        if b"<fault>" in rest[:200]:
            raise SystemExit(rest[:2000].decode())
    results.put(times)


def measure(label, body, clients):
    results = multiprocessing.Queue()
    until = time.monotonic() + seconds
    before, before_sql = cpu(server), backends()
    processes = [multiprocessing.Process(target=client, args=(body, until, results)) for _ in range(clients)]
    for process in processes:
        process.start()
    times = [t for _ in processes for t in results.get()]
    for process in processes:
        process.join()
    used, used_sql = cpu(server) - before, backends() - before_sql
    print("%-24s %2d clients: %6.0f requests/s, p50 %6.2f ms, server %4.0f us CPU/request, PostgreSQL %4.0f us, %3.0f MiB" % (
        label, clients, len(times) / seconds, statistics.median(times) * 1000, used / len(times) * 1e6,
        used_sql / len(times) * 1e6, memory(server)))


def main():
    missing = 200 - call("res.partner", "search_count", [])
    categories = call("res.partner.category", "search", [])
    for number in range(max(0, missing)):
        call("res.partner", "create", {
            "name": "Load partner %03d" % number, "ref": "LP%03d" % number,
            "category_id": [(6, 0, [categories[number % len(categories)]])],
            "address": [(0, 0, {"name": "Contact", "city": "City %d" % (number % 17), "phone": "+32 2 %06d" % number, "type": "default"})],
        })
    ids = call("res.partner", "search", [], 0, 80)
    request = lambda *arguments: xmlrpc.client.dumps((database, 1, password) + arguments, "execute").encode()
    read = request("res.partner", "read", ids, FIELDS, {"lang": "en_US", "tz": False})
    columns = request("res.partner", "read", ids, ["name", "ref", "customer", "supplier", "website", "date", "active", "vat", "ean13", "user_id"], {})
    for clients in (1, 4, 16):
        measure("read 80 x 10", read, clients)
    for clients in (1, 4, 16):
        measure("read 80 x 10, columns", columns, clients)
    measure("search", request("res.partner", "search", [("name", "ilike", "a")], 0, 80), 4)


main()
