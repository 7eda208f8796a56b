package io.edgeflow.cloud.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Rows in the binary form of PostgreSQL's COPY, collected and then sent in one stream. The buffer
 * is kept between uses. Not thread-safe.
 */
final class BinaryCopy {
  private static final byte[] SIGNATURE = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
  };

  /** Microseconds from 1970 to 2000, PostgreSQL's year zero. */
  private static final long EPOCH_MICROS = 946_684_800_000_000L;

  private static final int CHUNK = 1 << 16;
  private static final byte JSONB_VERSION = 1;

  /** Beyond this the buffer is not kept for the next time. */
  private static final int KEPT = 1 << 20;

  private final String statement;
  private ByteBuffer out = ByteBuffer.allocate(CHUNK);
  private @Nullable CopyIn under;
  private int rows;

  /**
   * @param columns in the order in which each row's fields will be added
   */
  BinaryCopy(String table, String... columns) {
    this.statement =
        "copy " + table + " (" + String.join(", ", columns) + ") from stdin (format binary)";
  }

  int rows() {
    return rows;
  }

  /** Forgets what was not sent. */
  void clear() {
    if (out.capacity() > KEPT) {
      out = ByteBuffer.allocate(CHUNK);
    }
    out.clear();
    rows = 0;
  }

  /**
   * Sends what is there once it is worth it; nothing else may be done on the connection until all
   * is sent.
   */
  void push(Connection connection) throws SQLException {
    if (out.position() >= CHUNK) {
      write(begun(connection));
      out.clear();
    }
  }

  private void write(CopyIn copy) throws SQLException {
    try {
      for (int sent = 0; sent < out.position(); sent += CHUNK) {
        copy.writeToCopy(out.array(), sent, Math.min(CHUNK, out.position() - sent));
      }
    } catch (SQLException failed) {
      end(copy);
      throw failed;
    }
  }

  private void end(CopyIn copy) throws SQLException {
    under = null;
    clear();
    if (copy.isActive()) {
      copy.cancelCopy();
    }
  }

  private CopyIn begun(Connection connection) throws SQLException {
    CopyIn copy = under;
    if (copy == null) {
      copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(statement);
      under = copy;
    }
    return copy;
  }

  BinaryCopy row(int fields) {
    if (rows == 0) {
      room(SIGNATURE.length).put(SIGNATURE);
    }
    rows++;
    room(2).putShort((short) fields);
    return this;
  }

  BinaryCopy int2(int value) {
    room(6).putInt(2).putShort((short) value);
    return this;
  }

  BinaryCopy int4(int value) {
    room(8).putInt(4).putInt(value);
    return this;
  }

  /** An int4 that may be absent. */
  BinaryCopy int4OrNull(@Nullable Integer value) {
    return value == null ? none() : int4(value);
  }

  BinaryCopy int8(long value) {
    room(12).putInt(8).putLong(value);
    return this;
  }

  BinaryCopy time(long micros) {
    return int8(micros - EPOCH_MICROS);
  }

  /** NaN, which stands for "no value" in windows and rows, becomes null. */
  BinaryCopy float8(double value) {
    if (Double.isNaN(value)) {
      return none();
    }
    room(12).putInt(8).putDouble(value);
    return this;
  }

  BinaryCopy text(@Nullable String value) {
    return value == null ? none() : bytes(Text.storable(value).getBytes(StandardCharsets.UTF_8));
  }

  BinaryCopy jsonb(String json) {
    byte[] text = Text.storable(json).getBytes(StandardCharsets.UTF_8);
    room(5).putInt(text.length + 1).put(JSONB_VERSION);
    room(text.length).put(text);
    return this;
  }

  private BinaryCopy bytes(byte[] value) {
    room(4).putInt(value.length);
    room(value.length).put(value);
    return this;
  }

  private BinaryCopy none() {
    room(4).putInt(-1);
    return this;
  }

  /** Sends the rows, if there are any, and forgets them. */
  void send(Connection connection) throws SQLException {
    if (rows == 0) {
      return;
    }
    room(2).putShort((short) -1);
    CopyIn copy = begun(connection);
    write(copy);
    try {
      copy.endCopy();
    } finally {
      end(copy);
    }
  }

  private ByteBuffer room(int bytes) {
    if (out.remaining() < bytes) {
      int capacity = Math.max(out.capacity() * 2, out.position() + bytes);
      int used = out.position();
      out = ByteBuffer.wrap(Arrays.copyOf(out.array(), capacity)).position(used);
    }
    return out;
  }
}
