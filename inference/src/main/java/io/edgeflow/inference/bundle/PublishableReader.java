package io.edgeflow.inference.bundle;

import io.edgeflow.inference.bundle.BundleFolder.Content;
import io.edgeflow.inference.bundle.BundleFolder.RefusedException;
import io.edgeflow.process.application.ApplicationManifest;
import io.edgeflow.process.settings.Document;
import io.edgeflow.process.settings.Fault;
import io.edgeflow.process.trust.BundleFiles;
import io.edgeflow.process.trust.ManifestHead;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads a folder that is to be signed or published, whichever kind of bundle it is. Blocks. */
public final class PublishableReader {
  /** A package of a program may be as large as a model. */
  private static final long MAX_PACKAGE = BundleLimits.STANDARD.maxModel();

  private PublishableReader() {}

  /** What came of it. */
  public sealed interface Read {}

  public record Good(Publishable publishable) implements Read {}

  public record Refused(BundleRefusal refusal) implements Read {}

  public static Read read(Path path) {
    var folder = new BundleFolder(path, BundleLimits.STANDARD);
    try {
      Set<String> names = folder.list();
      if (names.contains(BundleFiles.MANIFEST)) {
        Content manifest = folder.document(BundleFiles.MANIFEST);
        if (ManifestHead.saysApplication(manifest.bytes())) {
          return new Good(application(path, folder, names, manifest));
        }
      }
    } catch (RefusedException refused) {
      return new Refused(refused.refusal());
    }
    return switch (new BundleReader(BundleLimits.STANDARD).read(path)) {
      case BundleRead.Good(Bundle bundle) -> new Good(Publishable.of(bundle));
      case BundleRead.Refused(BundleRefusal refusal) -> new Refused(refusal);
    };
  }

  private static Publishable application(
      Path path, BundleFolder folder, Set<String> names, Content manifest) throws RefusedException {
    ApplicationManifest program = manifest(manifest.bytes());
    var known = new TreeSet<>(ApplicationManifest.ALLOWED);
    known.add(BundleFiles.MANIFEST);
    program.file().ifPresent(known::add);
    SortedMap<String, BundleFile> files = new TreeMap<>();
    for (String name : names) {
      if (!known.contains(name)) {
        throw BundleFolder.refused(
            new BundleRefusal.Foreign(name, "is nothing that its manifest names"));
      }
      boolean isPackage = program.file().filter(name::equals).isPresent();
      if (!name.equals(BundleFiles.SIGNATURES)) {
        files.put(name, isPackage ? folder.measure(name, MAX_PACKAGE) : folder.measure(name));
      }
    }
    if (program.file().isPresent() && !files.containsKey(program.file().get())) {
      throw BundleFolder.refused(new BundleRefusal.Missing(program.file().get()));
    }
    return new Publishable(
        path, program.name(), program.version(), BundleDigest.of(files.values()), files);
  }

  private static ApplicationManifest manifest(byte[] json) throws RefusedException {
    return switch (ApplicationManifest.read(json)) {
      case Document.Good<ApplicationManifest>(ApplicationManifest program) -> program;
      case Document.Faulty<ApplicationManifest>(List<Fault> faults) ->
          throw BundleFolder.refused(new BundleRefusal.Faulty(BundleFiles.MANIFEST, faults));
    };
  }
}
