package io.edgeflow.gateway.backlog;

import io.edgeflow.wire.frame.FrameId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mapdb.BTreeMap;
import org.mapdb.DB;
import org.mapdb.DBMaker;
import org.mapdb.Serializer;
import org.mapdb.serializer.SerializerByteArray;

/**
 * MapDB's sorted map of pieces, the one place that knows MapDB: a piece's key is incarnation, lane,
 * number and index. Values lie outside of the tree's nodes, each in one stretch of the file. No
 * transactions: they did not survive a killed process. Not thread-safe.
 */
final class PieceMap {
  private static final String NAME = "pieces";
  private static final int KEY_BYTES = 27;

  /** Has no threads, no locks on files, and no cache of its own. */
  private final DB db;

  private final BTreeMap<byte[], byte[]> pieces;

  private PieceMap(DB db, BTreeMap<byte[], byte[]> pieces) {
    this.db = db;
    this.pieces = pieces;
  }

  /** Whatever MapDB throws, a damaged or refusing disk is an {@link IOException}. */
  private static <T> T guarded(Guarded<T> work) throws IOException {
    try {
      return work.run();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (RuntimeException | AssertionError e) {
      IOException damaged = new Damaged("MapDB does not understand the file: " + e);
      damaged.initCause(e);
      throw damaged;
    }
  }

  @FunctionalInterface
  private interface Guarded<T> {
    T run() throws IOException;
  }

  static byte[] key(FrameId id, int index) {
    ByteBuffer key = ByteBuffer.allocate(KEY_BYTES);
    key.putLong(id.incarnation().hi()).putLong(id.incarnation().lo()).put((byte) id.lane().code());
    return key.putLong(id.number()).putShort((short) index).array();
  }

  /** The order in which pieces must be put. */
  static int compare(FrameId one, FrameId other) {
    return Serializer.BYTE_ARRAY.compare(key(one, 0), key(other, 0));
  }

  /** Pieces that are put in order; the last 24 are held in memory. */
  static final class Sink {
    private final DB db;
    private final DB.TreeMapSink<byte[], byte[]> sink;

    private Sink(DB db) {
      this.db = db;
      this.sink = maker(db).createFromSink();
    }

    static Sink create(WritingVolume volume) throws IOException {
      return guarded(() -> new Sink(DBMaker.volumeDB(volume, false).concurrencyDisable().make()));
    }

    void put(FrameId id, int index, byte[] piece) throws IOException {
      guarded(
          () -> {
            sink.put(key(id, index), piece);
            return true;
          });
    }

    void finish() throws IOException {
      guarded(
          () -> {
            sink.create();
            db.close();
            return true;
          });
    }
  }

  static PieceMap open(ReadingVolume volume) throws IOException {
    return guarded(
        () -> {
          DB db = DBMaker.volumeDB(volume, true).concurrencyDisable().readOnly().make();
          return new PieceMap(db, maker(db).open());
        });
  }

  private static DB.TreeMapMaker<byte[], byte[]> maker(DB db) {
    SerializerByteArray bytes = new SerializerByteArray();
    return db.treeMap(NAME, bytes, bytes).valuesOutsideNodesEnable();
  }

  byte @Nullable [] get(FrameId id, int index) throws IOException {
    Map<byte[], byte[]> map = pieces;
    return guarded(() -> Optional.ofNullable(map.get(key(id, index)))).orElse(null);
  }

  void close() throws IOException {
    guarded(
        () -> {
          db.close();
          return true;
        });
  }
}
