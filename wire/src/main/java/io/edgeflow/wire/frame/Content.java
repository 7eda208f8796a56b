package io.edgeflow.wire.frame;

import java.util.List;

/** The content of a frame, uncompressed: section after section. */
final class Content {
  private Content() {}

  static byte[] write(Frame frame) {
    ByteSink sink = new ByteSink();
    SeriesSection.write(sink, frame.series());
    WindowSection.write(sink, frame.windows(), frame.series());
    ChangeSection.write(sink, frame.changes(), frame.series());
    RawSection.write(sink, frame.raw(), frame.series());
    EventSection.write(sink, frame.events());
    ReplacedSection.write(sink, frame.replaces());
    return sink.toBytes();
  }

  /**
   * @throws IllegalArgumentException from a record that refuses what it is made of
   */
  static Frame read(byte[] content, FrameHeader header) throws ContentFault {
    ByteSource source = new ByteSource(content);
    int room = FrameLimits.MAX_ROWS;
    List<SeriesEntry> series = SeriesSection.read(source);
    List<WindowRow> windows = WindowSection.read(source, series, room);
    room -= windows.size();
    List<ChangeRow> changes = ChangeSection.read(source, series, room);
    room -= changes.size();
    List<RawRow> raw = RawSection.read(source, series, room);
    room -= raw.size();
    List<EventRow> events = EventSection.read(source, room);
    room -= events.size();
    List<Replaced> replaces = ReplacedSection.read(source, room);
    if (source.left() > 0) {
      throw new ContentFault("bytes after the last section");
    }
    return new Frame(
        header.edge(),
        header.id(),
        header.createdMicros(),
        header.readings(),
        header.runningTotal(),
        series,
        windows,
        changes,
        raw,
        events,
        replaces);
  }
}
