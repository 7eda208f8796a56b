package io.edgeflow.gateway.recorder;

import io.edgeflow.gateway.alarms.AlarmChange;
import java.util.List;
import java.util.function.Consumer;

/**
 * The layout of a message whose readings changed alarms: its length, the {@link MessageRecord}, the
 * changes. One record, so that neither is ever there without the other: what was acknowledged has
 * changed its alarms, and what comes again has not.
 */
final class AlarmedMessage {
  private AlarmedMessage() {}

  static void write(RecordWriter out, RecordWriter message, List<AlarmChange> changes) {
    out.blob(message.array(), message.length());
    AlarmRecords.write(out, changes);
  }

  static void changes(byte[] payload, Consumer<AlarmChange> each) {
    RecordReader in = new RecordReader(payload);
    in.blob();
    AlarmRecords.read(in, each);
  }

  static boolean isMessage(int type) {
    return type == RecordType.MESSAGE.code() || type == RecordType.MESSAGE_ALARMS.code();
  }

  /** The {@link MessageRecord} of a record that {@link #isMessage}. */
  static byte[] message(int type, byte[] payload) {
    return type == RecordType.MESSAGE.code() ? payload : new RecordReader(payload).blob();
  }
}
