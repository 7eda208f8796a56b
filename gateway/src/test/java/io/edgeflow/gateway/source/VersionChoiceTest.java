package io.edgeflow.gateway.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.edgeflow.gateway.source.SourceLink.Kind;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class VersionChoiceTest {
  private final VersionChoice choice = new VersionChoice(Optional.empty());

  private SourceVersion after(Kind kind) {
    choice.ended(kind);
    return choice.next();
  }

  @Test
  void speaksFiveFirst() {
    assertEquals(SourceVersion.FIVE, choice.next());
    assertEquals(SourceVersion.FIVE, after(Kind.UNREACHABLE));
    assertEquals(SourceVersion.FIVE, after(Kind.LOST));
    assertEquals(SourceVersion.FIVE, after(Kind.REFUSED));
  }

  @Test
  void staysWithThreeWhereFiveIsNotSpoken() {
    assertEquals(SourceVersion.THREE, after(Kind.OTHER_VERSION));
    assertEquals(SourceVersion.THREE, after(Kind.LOST));
    assertEquals(SourceVersion.THREE, after(Kind.UNREACHABLE));
  }

  /** A broker that starts or stops may say nothing either. */
  @Test
  void triesThreeOnceAfterSilence() {
    assertEquals(SourceVersion.THREE, after(Kind.SILENT));
    assertEquals(SourceVersion.FIVE, after(Kind.SILENT));
    assertEquals(SourceVersion.THREE, after(Kind.SILENT));
    assertEquals(SourceVersion.FIVE, after(Kind.LOST));
  }

  @Test
  void keepsToTheOneThatIsConfigured() {
    VersionChoice only = new VersionChoice(Optional.of(SourceVersion.FIVE));
    only.ended(Kind.OTHER_VERSION);
    only.ended(Kind.SILENT);
    assertEquals(SourceVersion.FIVE, only.next());
  }
}
