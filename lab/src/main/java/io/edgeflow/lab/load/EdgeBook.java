package io.edgeflow.lab.load;

/**
 * What one edge has numbered, and what it was told of that.
 *
 * @param incarnation 32 hexadecimal digits
 * @param pending frames without a verdict
 */
public record EdgeBook(String edge, String incarnation, Page event, Page window, long pending) {
  /**
   * One lane.
   *
   * @param dropped for want of room
   */
  public record Page(
      Amount framed, Amount committed, Amount refused, Amount conflict, Amount dropped) {
    static final Page EMPTY =
        new Page(Amount.NONE, Amount.NONE, Amount.NONE, Amount.NONE, Amount.NONE);

    Page plus(Page more) {
      return new Page(
          framed.plus(more.framed),
          committed.plus(more.committed),
          refused.plus(more.refused),
          conflict.plus(more.conflict),
          dropped.plus(more.dropped));
    }
  }
}
