package io.edgeflow.aggregator.snapshot;

import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Bytes that are put together in pieces of {@value #PIECE_BYTES}: however many they become, nothing
 * large is copied to make room, and no large array is asked of a small heap. One thread.
 */
public final class Pieces extends OutputStream {
  static final int PIECE_BYTES = 1 << 16;

  /** Most snapshots are small. */
  private static final int FIRST_BYTES = 256;

  private final List<byte[]> full = new ArrayList<>();
  private byte[] last = new byte[FIRST_BYTES];
  private int used;

  /** How many bytes there are so far. */
  public long size() {
    return (long) full.size() * PIECE_BYTES + used;
  }

  @Override
  public void write(int value) {
    if (used == last.length) {
      more();
    }
    last[used++] = (byte) value;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    int done = 0;
    while (done < length) {
      if (used == last.length) {
        more();
      }
      int part = Math.min(length - done, last.length - used);
      System.arraycopy(bytes, offset + done, last, used, part);
      used += part;
      done += part;
    }
  }

  private void more() {
    if (last.length < PIECE_BYTES) {
      last = Arrays.copyOf(last, Math.min(PIECE_BYTES, last.length * 4));
    } else {
      full.add(last);
      last = new byte[PIECE_BYTES];
      used = 0;
    }
  }

  /** Room for a number that is known later: where {@link #putInt} puts it. */
  public long leaveInt() {
    long at = size();
    for (int i = 0; i < Integer.BYTES; i++) {
      write(0);
    }
    return at;
  }

  /** Puts a number, big-endian, over four bytes that are there. */
  public void putInt(long at, int value) {
    if (at < 0 || at + Integer.BYTES > size()) {
      throw new IndexOutOfBoundsException("no four bytes at " + at + " of " + size());
    }
    for (int i = 0; i < Integer.BYTES; i++) {
      long index = at + i;
      int piece = (int) (index / PIECE_BYTES);
      byte[] bytes = piece < full.size() ? full.get(piece) : last;
      bytes[(int) (index % PIECE_BYTES)] = (byte) (value >>> (24 - 8 * i));
    }
  }

  /** The bytes, in order; of no use for writing afterwards. */
  public List<byte[]> take() {
    List<byte[]> all = new ArrayList<>(full);
    all.add(Arrays.copyOf(last, used));
    return all;
  }

  /** All bytes as one array, for what is small. */
  public byte[] toBytes() {
    byte[] all = new byte[Math.toIntExact(size())];
    int at = 0;
    for (byte[] piece : full) {
      System.arraycopy(piece, 0, all, at, piece.length);
      at += piece.length;
    }
    System.arraycopy(last, 0, all, at, used);
    return all;
  }
}
