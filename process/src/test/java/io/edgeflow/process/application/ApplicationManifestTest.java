package io.edgeflow.process.application;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.edgeflow.process.settings.Document;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ApplicationManifestTest {
  private static final String HASH = "0123456789abcdef".repeat(4);

  @Test
  void readsImagesPackagesAndArchives() {
    for (String what :
        List.of(
            "'image':'registry.example.com:5000/edge/flow@sha256:" + HASH + "'",
            "'package':'edgeflow-1.4.2.tar.gz'",
            "'package':'edgeflow_1.4.2-1.deb'",
            "'image':'sha256:" + HASH + "','package':'image.tar'")) {
      var good = assertInstanceOf(Document.Good.class, read(what), what);
      ApplicationManifest manifest = (ApplicationManifest) good.value();
      assertEquals(
          new Document.Good<>(manifest), ApplicationManifest.read(manifest.text().getBytes(UTF_8)));
    }
  }

  @Test
  void callsThePackageByItsName() {
    var read = (Document.Good<ApplicationManifest>) read("'package':'a.deb'");
    assertEquals(Optional.of("a.deb"), read.value().file());
    var faulty = (Document.Faulty<ApplicationManifest>) read("'file':'a.deb'");
    assertEquals("file", faulty.faults().getFirst().path());
  }

  /** What reaches a command line or a path is of one form only. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "'image':'registry.example.com/edgeflow:1.4.2'",
        "'image':'--privileged@sha256:HASH'",
        "'image':'a b@sha256:HASH'",
        "'image':'sha256:HASH'",
        "'image':'a@sha256:HASH','package':'image.tar'",
        "'image':'sha256:HASH','package':'image.tar.gz'",
        "'package':'../a.tar.gz'",
        "'package':'/a.tar.gz'",
        "'package':'-a.deb'",
        "'package':'.deb'",
        "'package':'a..deb'",
        "'package':'a.zip'",
        "'package':'image.tar'",
        "'name':'../x','package':'a.deb'",
        "",
      })
  void refusesWhatCouldMeanSomethingElse(String what) {
    assertInstanceOf(Document.Faulty.class, read(what.replace("HASH", HASH)), what);
  }

  private static Document<ApplicationManifest> read(String what) {
    String name = what.contains("'name'") ? "" : "'name':'edgeflow-node',";
    String text = "{'schema':1,'kind':'application'," + name + "'version':'1.4.2'";
    return ApplicationManifest.read(
        (text + (what.isEmpty() ? "" : "," + what) + "}").replace('\'', '"').getBytes(UTF_8));
  }
}
