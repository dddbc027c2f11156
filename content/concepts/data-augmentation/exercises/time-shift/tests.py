"""Oracle: sample by sample."""

import numpy as np


def expected(signals, shifts, mode="zeros"):
    result = np.zeros_like(signals)
    n, length = signals.shape
    for i in range(n):
        for k in range(length):
            place = k + int(shifts[i])
            if mode == "wrap":
                result[i, place % length] = signals[i, k]
            elif 0 <= place < length:
                result[i, place] = signals[i, k]
    return result


def ask(t, signals, shifts, *mode):
    got = t.call("time_shift", signals, np.array(shifts), *mode)
    t.equal(got, expected(signals, shifts, *mode), what="signals")
    if got.dtype != signals.dtype:
        t.fail(f"the dtype is {got.dtype}; wanted {signals.dtype}", returned=got)


def both(t, signals, shifts):
    for mode in ("zeros", "wrap"):
        ask(t, signals, shifts, mode)


def sound(t, n, length):
    return t.rng.uniform(1, 2, size=(n, length))


def example_four_samples(t):
    """Four samples, later and earlier."""
    signals = np.array([[1.0, 2.0, 3.0, 4.0], [1.0, 2.0, 3.0, 4.0]])
    both(t, signals, [1, -3])


def test_later(t):
    """Positive shifts, a different one for each row."""
    both(t, sound(t, 3, 10), [2, 7, 1])


def test_earlier(t):
    """Negative shifts."""
    both(t, sound(t, 3, 10), [-2, -7, -1])


def test_mixed(t):
    """Later and earlier side by side, zeros by default."""
    signals, shifts = sound(t, 12, 15), t.rng.permutation(np.arange(-6, 6))
    both(t, signals, shifts)
    ask(t, signals, shifts)


def test_no_shift(t):
    """A shift of 0 changes nothing."""
    both(t, sound(t, 3, 6), [0, 3, 0])
    both(t, sound(t, 2, 6), [0, 0])


def test_whole_length(t):
    """Shifts by the whole length and by one less."""
    both(t, sound(t, 4, 7), [7, -7, 6, -6])


def test_beyond_the_length(t):
    """Shifts larger than the recording."""
    both(t, sound(t, 6, 5), [6, -6, 13, -13, 1000, -1004])


def test_integers(t):
    """16-bit samples stay 16-bit."""
    signals = t.rng.integers(1, 30000, size=(3, 9)).astype(np.int16) * t.rng.choice([-1, 1], size=(3, 9)).astype(
        np.int16
    )
    both(t, signals, [4, -2, 0])


def test_float32(t):
    """float32 stays float32."""
    both(t, sound(t, 2, 8).astype(np.float32), [3, -5])


def test_small(t):
    """One row; one sample; as many rows as samples."""
    both(t, sound(t, 1, 8), [3])
    both(t, sound(t, 3, 1), [0, 1, -1])
    both(t, sound(t, 4, 4), [1, 3, -2, 2])


def test_unknown_mode(t):
    """Another mode is refused."""
    t.raises("time_shift", sound(t, 2, 4), np.array([1, 0]), "reflect")


def test_other_memory_layouts(t):
    """Fortran order, strided and reversed arrays."""
    for array in t.layouts(sound(t, 3, 6)).values():
        both(t, array, [2, -1, 4])
