package io.edgeflow.cloud.store;

import io.edgeflow.cloud.ledger.Numbers;
import io.edgeflow.wire.document.VerdictRange;

/**
 * What an answer names.
 *
 * <p>A number is <i>contested</i> if other content came under it than what was settled, as from a
 * copy of a running edge. All copies hear the same answers, and only the content tells which
 * verdict is whose. So a contested number is named only to whoever has shown its content, by
 * sending the frame or by what it was told before. Whoever still waits for it hears nothing of it,
 * sends it again, and is told by its content.
 */
interface Naming {
  /**
   * @param unsaid numbers that are left out
   * @param conflicting numbers that are named as conflicts, before anything else
   */
  record Contested(Numbers unsaid, Numbers conflicting) {}

  boolean wants(LaneKey key, VerdictRange range);

  Contested contested(LaneKey key, Numbers contested, Numbers committed);
}
