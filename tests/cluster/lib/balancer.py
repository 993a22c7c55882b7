#!/usr/bin/env python3
"""What a Service is for the replicas: new connections go in turn to those that say they are ready; open ones stay.

    balancer.py PORT_FILE TLS_PORT:HEALTH_PORT...

Listens on a free port of the loopback and writes its number to PORT_FILE. Runs until it is ended.
"""
import asyncio
import itertools
import os
import sys

ready = []
turn = itertools.count()


async def says_ready(port):
    try:
        reader, writer = await asyncio.wait_for(asyncio.open_connection("127.0.0.1", port), 1)
        writer.write(b"GET /readyz HTTP/1.1\r\nHost: replica\r\nConnection: close\r\n\r\n")
        status = await asyncio.wait_for(reader.readline(), 1)
        writer.close()
        return b" 200 " in status
    except (OSError, asyncio.TimeoutError):
        return False


async def probe(replicas):
    while True:
        answers = await asyncio.gather(*(says_ready(health) for _, health in replicas))
        ready[:] = [tls for (tls, _), good in zip(replicas, answers) if good]
        await asyncio.sleep(0.1)


async def pass_on(reader, writer):
    try:
        while data := await reader.read(1 << 16):
            writer.write(data)
            await writer.drain()
    except OSError:
        pass
    finally:
        writer.close()


async def serve(reader, writer):
    # A replica that has died since it was probed refuses the connection: the next one gets it.
    for port in (candidates := list(ready)) and (candidates[i % len(candidates)] for i in itertools.islice(turn, len(candidates))):
        try:
            to_reader, to_writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            continue
        await asyncio.gather(pass_on(reader, to_writer), pass_on(to_reader, writer))
        return
    writer.close()


async def main(port_file, *replicas):
    pairs = [tuple(int(port) for port in replica.split(":")) for replica in replicas]
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    asyncio.create_task(probe(pairs))
    while not ready:
        await asyncio.sleep(0.05)
    with open(port_file + ".new", "w") as file:
        file.write(str(server.sockets[0].getsockname()[1]))
    os.rename(port_file + ".new", port_file)
    await server.serve_forever()


asyncio.run(main(*sys.argv[1:]))
