"""Frames over a socket: whole, in order, within the deadline, or an exception that says why not."""

import os
import signal
import socket
import struct
import threading
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.wall import wire
from grader.wall.channel import Broken, Channel, Closed, TimedOut


@pytest.fixture
def pair():
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield Channel(ours, longest=5_000_000), theirs


def soon() -> float:
    return time.monotonic() + 0.05


@settings(deadline=None, max_examples=50)
@given(st.lists(st.binary(max_size=300), max_size=8), st.integers(1, 64), st.booleans())
def test_frames_arrive_whole_and_in_order_however_the_bytes_come(frames, step, in_time):
    ours, theirs = socket.socketpair()
    with ours, theirs:
        stream = b"".join(struct.pack(">Q", len(frame)) + frame for frame in frames)

        def trickle():
            for place in range(0, len(stream), step):
                theirs.sendall(stream[place : place + step])

        writer = threading.Thread(target=trickle)
        writer.start()
        channel = Channel(ours)
        got = [channel.receive(time.monotonic() + 30 if in_time else None) for _ in frames]
        writer.join()
    assert got == frames


def test_what_one_end_sends_the_other_receives_both_ways(pair):
    here, sock = pair
    there = Channel(sock)
    for data in (b"", b"x", bytes(60_000)):
        here.send(data)
        there.send(data)
        assert there.receive() == data
        assert here.receive(soon() + 5) == data


@pytest.mark.parametrize("deadline", [None, 30])
def test_a_frame_larger_than_the_sockets_buffers_arrives(pair, deadline):
    here, sock = pair
    data = os.urandom(4_000_000)
    echo = threading.Thread(target=lambda: (far := Channel(sock)).send(far.receive()))
    echo.start()
    deadline = deadline and time.monotonic() + deadline
    here.send(data, deadline)
    assert here.receive(deadline) == data
    echo.join()


@pytest.mark.parametrize("part", [b"", b"\0\0\0", struct.pack(">Q", 100), struct.pack(">Q", 100) + b"half"])
def test_who_stalls_within_a_frame_runs_into_the_deadline(pair, part):
    here, sock = pair
    sock.sendall(part)
    began = time.monotonic()
    with pytest.raises(TimedOut):
        here.receive(soon())
    assert 0.04 < time.monotonic() - began < 2


def test_who_sends_a_byte_now_and_then_runs_into_the_deadline_too(pair):
    here, sock = pair
    stop = threading.Event()

    def drip():
        sock.sendall(struct.pack(">Q", 10**6))
        while not stop.wait(0.005):
            sock.sendall(b"x")

    drips = threading.Thread(target=drip)
    drips.start()
    began = time.monotonic()
    try:
        with pytest.raises(TimedOut):
            here.receive(time.monotonic() + 0.1)
        assert time.monotonic() - began < 2
    finally:
        stop.set()
        drips.join()


def test_after_a_deadline_the_rest_of_the_frame_can_still_come(pair):
    here, sock = pair
    frame = struct.pack(">Q", 10) + b"0123456789"
    sock.sendall(frame[:12])
    with pytest.raises(TimedOut):
        here.receive(soon())
    sock.sendall(frame[12:])
    assert here.receive(soon() + 5) == b"0123456789"


def test_who_does_not_read_runs_into_the_senders_deadline(pair):
    here, _ = pair
    began = time.monotonic()
    with pytest.raises(TimedOut):
        here.send(bytes(4_000_000), soon())
    assert time.monotonic() - began < 2
    with pytest.raises(Closed):  # half a frame is out: nothing that follows would be understood
        here.send(b"x")


@pytest.mark.parametrize("part", [b"", b"\0\0", struct.pack(">Q", 9) + b"half"])
@pytest.mark.parametrize("deadline", [None, 30])
def test_a_side_that_is_gone_is_told_from_one_that_is_silent(pair, part, deadline):
    here, sock = pair
    sock.sendall(part)
    sock.close()
    with pytest.raises(Closed):
        here.receive(deadline and time.monotonic() + deadline)
    with pytest.raises(Closed):
        here.send(b"x")


def test_the_frames_before_the_end_still_arrive(pair):
    here, sock = pair
    Channel(sock).send(b"last words")
    sock.close()
    assert here.receive() == b"last words"
    with pytest.raises(Closed):
        here.receive()


def test_a_frame_that_claims_too_much_is_broken_before_it_comes(pair):
    here, sock = pair
    sock.sendall(struct.pack(">Q", 2**63))
    with pytest.raises(Broken):
        here.receive(soon())
    with pytest.raises(Broken):
        here.send(bytes(5_000_001))
    assert Broken is wire.Broken


def test_the_largest_message_fits_into_a_frame():
    ours, theirs = socket.socketpair()
    with ours, theirs:
        assert Channel(ours).longest >= wire.LIMITS.message


def test_a_signal_in_between_harms_nothing(pair):
    here, sock = pair
    caught = []
    before = signal.signal(signal.SIGALRM, lambda *_: caught.append(1))
    signal.setitimer(signal.ITIMER_REAL, 0.01, 0.01)
    late = threading.Timer(0.1, lambda: Channel(sock).send(b"late"))
    late.start()
    try:
        assert here.receive() == b"late"
        with pytest.raises(TimedOut):
            here.receive(soon())
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        late.join()
    assert len(caught) > 3


def test_file_descriptors_sent_along_do_not_come_in(pair):
    here, sock = pair
    count = len(os.listdir("/proc/self/fd")) if os.path.exists("/proc/self/fd") else None
    with open(os.devnull) as file:
        socket.send_fds(sock, [struct.pack(">Q", 1) + b"x"], [file.fileno()])
    assert here.receive() == b"x"
    assert count is None or len(os.listdir("/proc/self/fd")) == count


def test_a_round_trip_takes_microseconds(pair, record_property):
    here, sock = pair
    far = Channel(sock)

    def echo():
        while True:
            try:
                far.send(far.receive())
            except Closed:
                return

    child = os.fork()
    if child == 0:
        here.close()
        try:
            echo()
        finally:
            os._exit(0)
    sock.close()
    try:
        times = []
        for _ in range(400):
            began = time.perf_counter()
            here.send(b"x" * 700)
            here.receive(time.monotonic() + 10)
            times.append((time.perf_counter() - began) * 1e6)
    finally:
        here.close()
        os.waitpid(child, 0)
    median = sorted(times)[len(times) // 2]
    record_property("measured", f"channel, 700 bytes to another process and back: {median:.0f} µs")
    assert median < 2000
