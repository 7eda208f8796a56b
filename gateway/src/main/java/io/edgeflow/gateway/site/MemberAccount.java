package io.edgeflow.gateway.site;

import java.util.concurrent.atomic.LongAdder;

/** What is counted of one member, over its connections. Any thread. */
final class MemberAccount {
  private final String edge;
  private final LongAdder relayed = new LongAdder();
  private final LongAdder dropped = new LongAdder();
  private volatile boolean online;
  private volatile String upstream = Way.NONE.word();
  private volatile String lastError = "";

  MemberAccount(String edge) {
    this.edge = edge;
  }

  void relayed() {
    relayed.increment();
  }

  void dropped() {
    dropped.increment();
  }

  void is(boolean nowOnline, Way way) {
    online = nowOnline;
    upstream = way.word();
  }

  void failed(String reason) {
    lastError = reason;
  }

  boolean online() {
    return online;
  }

  MemberStatus status() {
    return new MemberStatus(edge, online, upstream, relayed.sum(), dropped.sum(), lastError);
  }
}
