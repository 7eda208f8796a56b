package io.edgeflow.gateway.recorder;

import io.edgeflow.wire.frame.FrameId;
import java.nio.file.Path;
import java.util.List;

/**
 * Something that is wrong with a file.
 *
 * @param fromByte offset of the first byte concerned
 * @param toByte offset of the first byte behind them
 * @param trouble what is wrong, in words
 * @param recordsMissing records of the journal that cannot be read
 * @param waiting frames without a verdict that cannot be read
 * @param waitingReadings the readings that those frames carry
 */
public record Finding(
    Path file,
    long fromByte,
    long toByte,
    String trouble,
    long recordsMissing,
    List<FrameId> waiting,
    long waitingReadings) {
  public Finding {
    waiting = List.copyOf(waiting);
  }
}
