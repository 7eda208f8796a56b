package io.edgeflow.wire.frame;

import io.edgeflow.aggregator.window.Window;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The identity of a frame: CRC-32C over every field but the creation time, plainly laid out. It
 * does not depend on how columns are packed, so a program of a later version that derives the same
 * frame from the same journal (J4) finds the same identity, and no conflict. Its layout never
 * changes.
 */
final class Identity {
  private final CRC32C crc = new CRC32C();
  private final ByteBuffer buffer = ByteBuffer.allocate(8192);

  private Identity() {}

  static int of(Frame frame) {
    Identity identity = new Identity();
    identity.header(frame);
    identity.size(frame.series());
    for (SeriesEntry entry : frame.series()) {
      identity.text(entry.name()).number(entry.kind().code()).text(entry.unit());
    }
    identity.size(frame.windows());
    frame.windows().forEach(identity::window);
    identity.size(frame.changes());
    frame.changes().forEach(identity::change);
    identity.size(frame.raw());
    frame.raw().forEach(identity::raw);
    identity.size(frame.events());
    frame.events().forEach(identity::event);
    identity.size(frame.replaces());
    frame.replaces().forEach(identity::replaced);
    identity.flush();
    return (int) identity.crc.getValue();
  }

  private void header(Frame frame) {
    text(frame.edge());
    id(frame.id().incarnation(), frame.id().lane()).number(frame.id().number());
    number(frame.readings()).number(frame.runningTotal());
  }

  private void window(WindowRow row) {
    Window window = row.window();
    number(row.series()).number(window.startMicros()).number(window.lengthMicros());
    number(window.count()).number(window.uncertain());
    number(window.stale()).number(window.bad());
    if (window.valued() == 0) {
      return;
    }
    real(window.min()).real(window.max()).real(window.sum());
    real(Significant.round24(window.m2()));
    number(window.firstMicros()).real(window.first());
    number(window.lastMicros()).real(window.last());
  }

  private void change(ChangeRow row) {
    number(row.series()).number(row.firstMicros()).number(row.lastMicros()).number(row.count());
    real(row.number()).optional(row.text()).number(row.quality().code());
  }

  private void raw(RawRow row) {
    number(row.series()).number(row.timeMicros());
    real(row.number()).optional(row.text()).number(row.quality().code());
  }

  private void event(EventRow row) {
    number(row.timeMicros()).number(row.severity().code());
    text(row.type()).text(row.series()).text(row.message());
    number(row.detail().size());
    row.detail().forEach((key, value) -> text(key).text(value));
  }

  private void replaced(Replaced row) {
    id(row.incarnation(), row.lane()).number(row.from()).number(row.to());
  }

  private Identity id(Incarnation incarnation, Lane lane) {
    return number(incarnation.hi()).number(incarnation.lo()).number(lane.code());
  }

  private void size(List<?> rows) {
    number(rows.size());
  }

  private Identity number(long value) {
    if (buffer.remaining() < Long.BYTES) {
      flush();
    }
    buffer.putLong(value);
    return this;
  }

  private Identity real(double value) {
    return number(Double.doubleToLongBits(value));
  }

  private Identity optional(@Nullable String text) {
    return text == null ? number(-1) : text(text);
  }

  private Identity text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    number(utf8.length);
    flush();
    crc.update(utf8, 0, utf8.length);
    return this;
  }

  private void flush() {
    crc.update(buffer.flip());
    buffer.clear();
  }
}
