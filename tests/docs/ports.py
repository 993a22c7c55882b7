"""A free port of the loopback, below the range that the kernel hands out by itself, so that no client takes it meanwhile."""
import random
import socket


def free_port():
    while True:
        port = random.randint(20000, 31999)
        with socket.socket() as s:
            try:
                s.bind(("127.0.0.1", port))
                return port
            except OSError:
                continue
