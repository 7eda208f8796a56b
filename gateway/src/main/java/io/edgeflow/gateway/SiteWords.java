package io.edgeflow.gateway;

import io.edgeflow.gateway.commissioning.Status;
import io.edgeflow.gateway.site.MemberStatus;
import io.edgeflow.gateway.site.mandate.SiteStatus;

/** What a hub does, for the status and the page. */
final class SiteWords {
  private SiteWords() {}

  static Status.Member member(MemberStatus member) {
    return new Status.Member(
        member.edge(),
        member.online(),
        member.upstream(),
        member.relayed(),
        member.dropped(),
        member.lastError());
  }

  static Status.SiteRollout rollout(SiteStatus held) {
    return new Status.SiteRollout(
        held.rollout(),
        held.mandate(),
        held.phase(),
        held.why(),
        held.alone(),
        held.begun(),
        held.waves(),
        held.leftMillis(),
        held.waitsFor(),
        held.failed());
  }
}
