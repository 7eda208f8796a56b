package io.edgeflow.inference.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.inference.bundle.Machine.Arch;
import io.edgeflow.inference.bundle.Machine.Os;
import io.edgeflow.process.settings.Document;
import io.edgeflow.process.settings.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ManifestTest {
  @Test
  void readsTheExampleOfThePage() {
    Manifest manifest = Example.manifest();
    assertEquals("pump-cavitation", manifest.name());
    assertEquals(4, manifest.input().rowLength());
    assertEquals(
        List.of("{device}/flow", "{device}/pressure", "{device}/vibration", "hall/temperature"),
        manifest.input().columns());
    assertEquals(1_000_000, manifest.preparation().resampling().periodMicros());
    assertEquals(64 << 20, manifest.limits().memory().bytes());
    Parameters parameters = parameters(Example.parametersText(), manifest);
    assertEquals(42.1, parameters.scalings("pump-1").getFirst().centre());
    assertEquals(1.5, parameters.setting(manifest.thresholds().getFirst(), "pump-1"));
    assertEquals(3, parameters.setting(manifest.thresholds().getFirst(), "pump-9"));
    assertEquals(0.9, parameters.setting(manifest.thresholds().getLast(), "pump-9"));
  }

  @Test
  void writesWhatReadsAsTheSame() {
    Manifest manifest = Example.manifest();
    assertEquals(
        manifest,
        Example.good(BundleDocuments.manifest(Example.bytes(BundleDocuments.text(manifest)))));
    Parameters parameters = parameters(Example.parametersText(), manifest);
    assertEquals(parameters, parameters(BundleDocuments.text(parameters), manifest));
  }

  @Test
  void needsNoMoreThanWhatHasNoDefault() {
    Manifest manifest =
        read(least("\"kind\": \"sliding-window\", \"series\": \"*\", \"length\": 64"));
    assertEquals(List.of("*"), manifest.input().columns());
    assertEquals(64, manifest.input().rowLength());
    assertEquals(GapRule.Fill.HOLD, manifest.preparation().gap().fill());
    assertEquals(256, manifest.limits().maxBatch());
    assertEquals(Gates.STANDARD, manifest.gates());
    assertEquals(Duration.ofMillis(500), manifest.gates().latencyP99(manifest.limits()));
    assertEquals(256 << 20, manifest.gates().memory(manifest.limits()));
    assertEquals(Parameters.none(manifest), parameters("{\"schema\":1,\"model\":\"m\"}", manifest));
  }

  @Test
  void laysMinutesOutSeriesBySeries() {
    Manifest manifest =
        read(
            least(
                """
                "kind": "minute-features", "series": ["{device}/a", "{device}/b"],
                "statistics": ["mean", "std"], "minutes": 5\
                """));
    assertEquals(20, manifest.input().rowLength());
    assertEquals(
        List.of("{device}/a mean", "{device}/a std", "{device}/b mean", "{device}/b std"),
        manifest.input().columns());
  }

  @Test
  void reportsAllFaultsAtOnceAndSuggestsTheNearKey() {
    String broken =
        Example.manifestText()
            .replace("\"lateness\"", "\"latenes\"")
            .replace("\"1.2.0\"", "\"1 2\"")
            .replace("\"bad\": \"refuse\"", "\"bad\": \"use\"")
            .replace("hall/temperature", "hall//temperature")
            .replace("model-fp16.onnx", "../model.onnx")
            .replace("\"memory\": \"64MiB\"", "\"memory\": \"64TiB\"")
            .replace("\"value\": 1.0", "\"value\": 21");
    assertEquals(
        List.of(
            "input.series[3]",
            "preparation.resampling.latenes",
            "preparation.quality.bad",
            "thresholds[0].value",
            "limits.memory",
            "variants[0].file",
            "variants[1].file"),
        faults(broken).stream().map(Fault::path).toList());
    assertTrue(faults(broken).get(1).rule().contains("did you mean lateness?"));
  }

  @Test
  void reportsAllRulesThatTheWholeBreaks() {
    assertEquals(
        Set.of(
            "name",
            "version",
            "outputs",
            "thresholds[0].output",
            "thresholds[1].output",
            "tensors.shape"),
        Set.copyOf(
            paths(
                Example.manifestText()
                    .replace("pump-cavitation", "Pump")
                    .replace("\"1.2.0\"", "\"1 2\"")
                    .replace("\"name\": \"cavitation\"", "\"name\": \"score\"")
                    .replace("\"output\": \"score\"", "\"output\": \"scores\"")
                    .replace("[4]", "[5]"))));
  }

  @Test
  void refusesGatesThatAreNone() {
    assertEquals(
        Set.of("gates.nanRate", "gates.latencyP99"),
        gateFaults("{\"nanRate\": 2, \"latencyP99\": \"0s\"}"));
    assertEquals(
        Set.of("gates.minRows", "gates.alarmRate.factor"),
        gateFaults("{\"minRows\": 0, \"alarmRate\": {\"factor\": 0.5}}"));
  }

  private static Set<String> gateFaults(String gates) {
    String window = "\"kind\": \"sliding-window\", \"series\": \"*\", \"length\": 64";
    String with = ", \"gates\": " + gates + "}";
    return Set.copyOf(paths(least(window).strip().replaceAll("}$", with)));
  }

  @Test
  void refusesWhatDoesNotGoTogether() {
    assertEquals(
        List.of("preparation.gap.fill"),
        paths(
            Example.manifestText()
                .replace("\"method\": \"mean\", \"period\": \"1s\", ", "")
                .replace("hold\"}", "interpolate\"}")));
    assertEquals(
        List.of("preparation.gap.maxGap"),
        paths(Example.manifestText().replace("\"period\": \"1s\"", "\"period\": \"1ms\"")));
    assertEquals(
        List.of("preparation.resampling.period"),
        paths(Example.manifestText().replace("\"period\": \"1s\", ", "")));
    assertEquals(
        List.of("input.series"),
        paths(least("\"kind\":\"latest-vector\",\"series\":[]")).stream().distinct().toList());
    assertEquals(
        List.of("input.series"),
        paths(least("\"kind\":\"latest-vector\",\"series\":[\"pump-*/flow\",\"{device}/a\"]")));
    assertEquals(
        List.of("input.series"), paths(least("\"kind\":\"latest-vector\",\"series\":[\"a/b\"]")));
    assertEquals(
        List.of("input.minutes"),
        paths(
            least(
                """
                "kind":"minute-features","minutes":1440,"statistics":["min","max"],
                "series":["{device}/a%s"]\
                """
                    .formatted(manySeries()))));
    assertEquals(
        List.of("input.stride"),
        paths(least("\"kind\":\"sliding-window\",\"series\":\"*\",\"length\":2,\"stride\":3")));
  }

  @Test
  void holdsParametersAgainstTheManifest() {
    Manifest manifest = Example.manifest();
    var read =
        BundleDocuments.parameters(
            Example.bytes(
                """
                {"schema": 1, "model": "other", "normalisation": [{"centre": 0, "scale": 1}],
                 "thresholds": {"unusual": 21, "usual": 1},
                 "devices": {"pump-9": {"thresholds": {"cavitates": 0.4}}}}
                """),
            manifest);
    assertEquals(
        List.of(
            "model",
            "normalisation",
            "thresholds.unusual",
            "thresholds.usual",
            "devices.pump-9.thresholds.cavitates"),
        found(read).stream().map(Fault::path).toList());
    assertEquals(
        List.of("normalisation[0].scale"),
        found(
                BundleDocuments.parameters(
                    Example.bytes(
                        "{\"schema\":1,\"model\":\"m\",\"normalisation\":[{\"centre\":0,\"scale\":0}]}"),
                    manifest))
            .stream()
            .map(Fault::path)
            .toList());
  }

  /** It runs where TensorRT itself does, whatever ONNX Runtime has there; nowhere else. */
  @Test
  void takesACompiledFileOnlyWhereTensorRtIsThere() {
    Manifest manifest =
        read(
            """
            {"schema": 1, "name": "m", "version": "1", "outputs": [{"name": "score"}],
             "input": {"kind": "sliding-window", "series": "a/b", "length": 4},
             "variants": [
               {"os": "linux", "arch": "x86_64", "provider": "tensorrt", "file": "t4.engine"},
               {"provider": "tensorrt", "file": "half.onnx"}]}
            """);
    Machine plain = machine("Linux", "amd64", Machine.Provider.CPU);
    Machine compiled = new Machine(plain.os(), plain.arch(), plain.provider(), true);
    Machine tensorRt = machine("Linux", "amd64", Machine.Provider.TENSORRT);
    assertTrue(manifest.hasEngines());
    assertEquals("model.onnx", manifest.fileFor(plain));
    assertEquals("t4.engine", manifest.fileFor(compiled));
    assertEquals("half.onnx", manifest.fileFor(tensorRt));
    assertFalse(Example.manifest().hasEngines());
  }

  @Test
  void takesTheFirstVariantThatFits() {
    Manifest manifest = Example.manifest();
    assertEquals("model.onnx", manifest.fileFor(machine("Linux", "amd64", Machine.Provider.CPU)));
    assertEquals(
        "model-fp16.onnx", manifest.fileFor(machine("Linux", "amd64", Machine.Provider.CUDA)));
    assertEquals(
        "model.onnx", manifest.fileFor(machine("Linux", "amd64", Machine.Provider.TENSORRT)));
    assertEquals(
        "model-fp16.onnx",
        manifest.fileFor(machine("Linux", "aarch64", Machine.Provider.TENSORRT)));
    assertEquals(10, manifest.toleranceFactorFor(machine("Linux", "arm64", Machine.Provider.CUDA)));
    assertEquals(1, manifest.toleranceFactorFor(machine("Plan 9", "vax", Machine.Provider.CPU)));
    assertEquals(
        new Machine(Optional.of(Os.WINDOWS), Optional.of(Arch.X86_64), Machine.Provider.CPU, false),
        machine("Windows 11", "amd64", Machine.Provider.CPU));
    assertEquals(Optional.of(Os.MACOS), machine("Mac OS X", "x86_64", Machine.Provider.CPU).os());
  }

  @Test
  void refusesNumbersThatAreNone() {
    for (String number : List.of("NaN", "\"NaN\"", "\"Infinity\"", "1e999", "null", "\"\"")) {
      assertTrue(
          !faults(Example.manifestText().replace("\"value\": 1.0", "\"value\": " + number))
              .isEmpty(),
          number);
    }
  }

  @Test
  void boundsWhatOneCallCopies() {
    String window = "\"kind\": \"sliding-window\", \"series\": \"*\", \"length\": 65536";
    assertEquals(List.of(), paths(least(window)));
    String limits = ", \"limits\": {\"maxBatch\": 257}}";
    assertEquals(List.of("limits.maxBatch"), paths(least(window).strip().replaceAll("}$", limits)));
  }

  private static String manySeries() {
    var text = new StringBuilder();
    for (int i = 0; i < 30; i++) {
      text.append("\",\"{device}/b").append(i);
    }
    return text.toString();
  }

  private static String least(String input) {
    return """
    {"schema": 1, "name": "m", "version": "1", "input": {%s}, "outputs": [{"name": "score"}]}
    """
        .formatted(input);
  }

  private static Machine machine(String os, String arch, Machine.Provider provider) {
    return Machine.of(os, arch, provider);
  }

  private static Manifest read(String json) {
    return Example.good(BundleDocuments.manifest(Example.bytes(json)));
  }

  private static Parameters parameters(String json, Manifest manifest) {
    return Example.good(BundleDocuments.parameters(Example.bytes(json), manifest));
  }

  private static List<String> paths(String json) {
    return faults(json).stream().map(Fault::path).toList();
  }

  private static List<Fault> faults(String json) {
    return found(BundleDocuments.manifest(Example.bytes(json)));
  }

  private static <T> List<Fault> found(Document<T> document) {
    return document instanceof Document.Faulty<T>(List<Fault> faults) ? faults : List.of();
  }
}
