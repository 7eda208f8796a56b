package io.edgeflow.gateway.backlog;

import java.io.File;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.mapdb.DataInput2;
import org.mapdb.volume.Volume;

/**
 * What MapDB takes for its storage, in pages of {@value #PAGE_BYTES} bytes on a disk file. Holds no
 * lock on the file, maps nothing into memory. What the disk refuses comes as {@link
 * java.io.UncheckedIOException}, for MapDB knows no other. Not thread-safe.
 */
abstract class PagedVolume extends Volume {
  static final int PAGE_SHIFT = 14;
  static final int PAGE_BYTES = 1 << PAGE_SHIFT;

  private static final int IN_PAGE = PAGE_BYTES - 1;
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  /**
   * The bytes of a page, valid until the next call.
   *
   * @param toChange whether the caller is going to write into them
   */
  abstract byte[] page(long page, boolean toChange);

  private byte[] holding(long offset, boolean toChange) {
    return page(offset >> PAGE_SHIFT, toChange);
  }

  private static int within(long offset) {
    return (int) offset & IN_PAGE;
  }

  @Override
  public final byte getByte(long offset) {
    return holding(offset, false)[within(offset)];
  }

  @Override
  public final int getInt(long offset) {
    if (within(offset) <= PAGE_BYTES - Integer.BYTES) {
      return (int) INTS.get(holding(offset, false), within(offset));
    }
    return getUnsignedShort(offset) << Short.SIZE | getUnsignedShort(offset + Short.BYTES);
  }

  @Override
  public final long getLong(long offset) {
    if (within(offset) <= PAGE_BYTES - Long.BYTES) {
      return (long) LONGS.get(holding(offset, false), within(offset));
    }
    return (long) getInt(offset) << Integer.SIZE
        | Integer.toUnsignedLong(getInt(offset + Integer.BYTES));
  }

  @Override
  public final void putByte(long offset, byte value) {
    holding(offset, true)[within(offset)] = value;
  }

  @Override
  public final void putInt(long offset, int value) {
    if (within(offset) <= PAGE_BYTES - Integer.BYTES) {
      INTS.set(holding(offset, true), within(offset), value);
    } else {
      putUnsignedShort(offset, value >>> Short.SIZE);
      putUnsignedShort(offset + Short.BYTES, value);
    }
  }

  @Override
  public final void putLong(long offset, long value) {
    if (within(offset) <= PAGE_BYTES - Long.BYTES) {
      LONGS.set(holding(offset, true), within(offset), value);
    } else {
      putInt(offset, (int) (value >>> Integer.SIZE));
      putInt(offset + Integer.BYTES, (int) value);
    }
  }

  @Override
  public final void getData(long offset, byte[] to, int from, int size) {
    for (int done = 0; done < size; ) {
      int part = Math.min(size - done, PAGE_BYTES - within(offset + done));
      byte[] page = holding(offset + done, false);
      System.arraycopy(page, within(offset + done), to, from + done, part);
      done += part;
    }
  }

  @Override
  public final void putData(long offset, byte[] bytes, int from, int size) {
    for (int done = 0; done < size; ) {
      int part = Math.min(size - done, PAGE_BYTES - within(offset + done));
      byte[] page = holding(offset + done, true);
      System.arraycopy(bytes, from + done, page, within(offset + done), part);
      done += part;
    }
  }

  @Override
  public final void putData(long offset, ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    putData(offset, bytes, 0, bytes.length);
  }

  @Override
  public final DataInput2 getDataInput(long offset, int size) {
    byte[] bytes = new byte[size];
    getData(offset, bytes, 0, size);
    return new DataInput2.ByteArray(bytes);
  }

  @Override
  public final void clear(long from, long to) {
    for (long at = from; at < to; ) {
      int part = (int) Math.min(to - at, PAGE_BYTES - within(at));
      Arrays.fill(holding(at, true), within(at), within(at) + part, (byte) 0);
      at += part;
    }
  }

  @Override
  public final void truncate(long size) {
    throw new UnsupportedOperationException("a sealed file never shrinks");
  }

  /** Does nothing: the file is synced once, when it is complete. */
  @Override
  public final void sync() {}

  @Override
  public final void close() {
    closed.set(true);
  }

  @Override
  public final int sliceSize() {
    return -1;
  }

  @Override
  public final boolean isSliced() {
    return false;
  }

  @Override
  public final @Nullable File getFile() {
    return null;
  }

  @Override
  public final boolean getFileLocked() {
    return false;
  }
}
