"""HTTP as the clients' libraries use it: paths, verbs, keep-alive, gzip, limits, broken XML."""
import gzip
import http.client
import socket
import sys
import urllib.parse

address, database, password = sys.argv[1:4]
host = urllib.parse.urlparse(address)
CALL = b"<?xml version='1.0'?><methodCall><methodName>login_message</methodName><params></params></methodCall>"


def request(method, path, body=b"", headers={}, connection=None):
    connection = connection or http.client.HTTPConnection(host.hostname, host.port, timeout=20)
    connection.request(method, path, body, headers)
    answer = connection.getresponse()
    return answer.status, dict((k.lower(), v) for k, v in answer.getheaders()), answer.read()


status, headers, body = request("POST", "/xmlrpc/common", CALL)
assert status == 200 and headers["content-type"] == "text/xml" and b"<boolean>0</boolean>" in body
assert "connection" not in headers
assert request("POST", "/xmlrpc/common/", CALL)[0::2] == (404, b"No such page")
assert request("POST", "/xmlrpc/2/common", CALL)[0] == 404
assert request("POST", "/xmlrpc/nosuch", CALL)[0] == 404
status, headers, _ = request("GET", "/")
assert status == 404 and headers["content-type"] == "text/html" and headers["connection"] == "close"
assert request("GET", "/xmlrpc/common")[0] == 501
assert request("OPTIONS", "/xmlrpc/common")[0] == 200

# many requests on one connection; close when asked to
connection = http.client.HTTPConnection(host.hostname, host.port, timeout=20)
for _ in range(3):
    assert request("POST", "/xmlrpc/common", CALL, connection=connection)[0] == 200
assert request("POST", "/xmlrpc/common", CALL, {"Connection": "close"})[1]["connection"] == "close"
assert request("POST", "/xmlrpc/common", CALL, {"Expect": "100-continue"})[0] == 200

# chunked, gzip in, gzip out above 1,400 bytes
raw = socket.create_connection((host.hostname, host.port), timeout=20)
raw.sendall(b"POST /xmlrpc/common HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
            b"%x\r\n%s\r\n0\r\n\r\n" % (len(CALL), CALL))
answer = b""
while part := raw.recv(65536):
    answer += part
assert b"200 OK" in answer and b"<boolean>0</boolean>" in answer
assert request("POST", "/xmlrpc/common", gzip.compress(CALL), {"Content-Encoding": "gzip"})[0] == 200
assert request("POST", "/xmlrpc/common", CALL, {"Content-Encoding": "br"})[0] == 501
ALL = ("<?xml version='1.0'?><methodCall><methodName>execute</methodName><params><param><value>%s</value></param>"
       "<param><value><int>1</int></value></param><param><value>%s</value></param><param><value>res.country</value></param>"
       "<param><value>search</value></param><param><value><array><data></data></array></value></param></params></methodCall>"
       % (database, password)).encode()
status, headers, body = request("POST", "/xmlrpc/object", ALL, {"Accept-Encoding": "gzip"})
assert headers.get("content-encoding") == "gzip" and b"<methodResponse>" in gzip.decompress(body)
assert "content-encoding" not in request("POST", "/xmlrpc/object", ALL)[1]
assert "content-encoding" not in request("POST", "/xmlrpc/common", CALL, {"Accept-Encoding": "gzip"})[1]

# what is no call is a fault, not a crash and not a closed connection
for broken in [b"", b"hello", CALL[:-5], b"<?xml version='1.0'?><methodCall><methodName>a</methodName><params><param><value>"
               b"<foo>1</foo></value></param></params></methodCall>",
               b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'b'>]><methodCall><methodName>&a;</methodName></methodCall>",
               b"<?xml version='1.0'?><methodCall><methodName>a</methodName><params>" +
               b"<param><value><array><data>" * 500]:
    status, _, body = request("POST", "/xmlrpc/common", broken)
    assert status == 200 and b"<fault>" in body and b"<int>1</int>" in body, (broken[:60], body)
raw = socket.create_connection((host.hostname, host.port), timeout=20)
raw.sendall(b"POST /xmlrpc/common HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n\r\n")
assert b" 413 " in raw.recv(65536)
raw = socket.create_connection((host.hostname, host.port), timeout=20)
raw.sendall(b"what is this\r\n\r\n")
assert b" 400 " in raw.recv(65536)
assert request("POST", "/xmlrpc/common", CALL)[0] == 200
print("ok")
