package io.edgeflow.cloud.intake;

import io.edgeflow.cloud.store.FrameWriter;
import io.edgeflow.cloud.store.WriterLoad;
import java.util.List;

/** The way that frames take from an edge's connection to whoever stores them. Thread-safe. */
interface FrameRoad {
  /**
   * Takes over bytes that claim to be a frame. Never waits.
   *
   * @param edge in whose name they came
   * @param bytes not to be changed any more
   * @return false if there is no room: the edge will send it again
   */
  boolean offer(String edge, byte[] bytes);

  /**
   * How far behind each of those who store them is: always as many, edges shared out among them as
   * {@link FrameWriter#writerOf} does. For one who asks again and again.
   */
  List<WriterLoad> loads();
}
