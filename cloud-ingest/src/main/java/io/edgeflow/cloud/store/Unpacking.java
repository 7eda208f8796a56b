package io.edgeflow.cloud.store;

import io.edgeflow.cloud.store.Inbox.Message;
import io.edgeflow.cloud.store.Unpacker.Unpacked;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Unpacks for one writer, and lets go of what nobody can judge. All writers of a process take
 * turns: a frame of some kilobytes may hold 200 000 rows, 60 MB, and what that is shows only when
 * it is unpacked. One thread unpacks more than a dozen connections store.
 */
final class Unpacking {
  private final ReentrantLock turn;
  private final WriterListener listener;
  private final WriterGauge gauge;

  /**
   * @param turn the same for all writers
   */
  Unpacking(ReentrantLock turn, WriterListener listener, WriterGauge gauge) {
    this.turn = turn;
    this.listener = listener;
    this.gauge = gauge;
  }

  Unpacked unpack(Message.Packed packed) throws InterruptedException {
    turn.lockInterruptibly();
    try {
      Unpacked unpacked = Unpacker.unpack(packed.edge(), packed.bytes());
      if (unpacked instanceof Unpacked.Unreadable(String reason)) {
        gauge.discarded(packed.bytes().length);
        listener.unreadable(packed.edge(), reason);
        packed.settled().run();
      }
      return unpacked;
    } finally {
      turn.unlock();
    }
  }

  /** What was judgeable before. */
  Arrival again(Message.Packed packed) throws InterruptedException {
    turn.lockInterruptibly();
    try {
      return ((Unpacked.Judgeable) Unpacker.unpack(packed.edge(), packed.bytes())).arrival();
    } finally {
      turn.unlock();
    }
  }
}
