"""A receiver of leads on this machine: what the publisher's own has to cope with, shown and judged.

`judge` knows the documented shape and needs no network; `server` listens over TLS, on loopback, and tells
each arrival to whoever started it. Nothing is kept, and nothing is sent on.
"""
