package io.edgeflow.process.trust;

import io.edgeflow.process.settings.Check;
import io.edgeflow.process.settings.Default;
import io.edgeflow.process.settings.Document;
import io.edgeflow.process.settings.Documents;
import io.edgeflow.process.settings.Range;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a publisher vouches for: that a bundle of this digest is this version of this model. The
 * files and their pieces are named too, so that each piece can be checked as it arrives.
 *
 * @param model its name
 * @param version for people
 * @param number rising from version to version: an edge takes none below one that it took before
 * @param digest of the bundle, 64 hexadecimal digits
 * @param chunkSize bytes of each piece of a file but the last
 * @param signed milliseconds since the epoch, by the publisher's clock
 * @param notAfter milliseconds since the epoch, 0 for no end; afterwards it is not taken any more
 */
public record Statement(
    @Range(min = "1", max = "1") int schema,
    String model,
    String version,
    @Range(min = "1", max = "9007199254740991") long number,
    String digest,
    @Range(min = "1024", max = "67108864") int chunkSize,
    List<SignedFile> files,
    @Range(min = "0", max = "253402300799000") long signed,
    @Default("0") @Range(min = "0", max = "253402300799000") long notAfter) {
  public static final String TYPE = "application/vnd.edgeflow.bundle+json";
  public static final int SCHEMA = 1;
  public static final int CHUNK_BYTES = 256 * 1024;

  private static final int MAX_VALUES = 20_000;
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

  /**
   * @param length in bytes
   * @param sha256 of the whole file, 64 hexadecimal digits
   * @param chunks of each piece, in order; none for an empty file
   */
  public record SignedFile(
      String name,
      @Range(min = "0", max = "1073741824") long length,
      String sha256,
      List<String> chunks) {
    public SignedFile {
      chunks = List.copyOf(chunks);
      new Check()
          .that(
              BundleFiles.isPlain(name) && !name.equals(BundleFiles.SIGNATURES),
              "name",
              "must be a plain file name, and not that of the signatures")
          .that(HASH.matcher(sha256).matches(), "sha256", "must be 64 hexadecimal digits")
          .that(
              chunks.stream().allMatch(one -> HASH.matcher(one).matches()),
              "chunks",
              "must be hashes of 64 hexadecimal digits")
          .orRefuse();
    }
  }

  public Statement {
    files = List.copyOf(files);
    new Check()
        .that(HASH.matcher(digest).matches(), "digest", "must be 64 hexadecimal digits")
        .that(
            !files.isEmpty() && files.size() <= BundleFiles.MAX_FILES, "files", "must be 1 to 100")
        .that(
            files.stream().map(SignedFile::name).distinct().count() == files.size(),
            "files",
            "must have one name each")
        .that(piecesFit(files, chunkSize), "files", "must have one hash for each piece")
        .orRefuse();
  }

  private static boolean piecesFit(List<SignedFile> files, int chunkSize) {
    return chunkSize > 0
        && files.stream()
            .allMatch(file -> file.chunks().size() == (file.length() + chunkSize - 1) / chunkSize);
  }

  /**
   * The digest that follows from the files. Where it is not {@link #digest}, somebody signed what
   * no bundle can be, or two bundles under one digest.
   */
  public String digestOfFiles() {
    return BundleFiles.digest(
        files.stream()
            .map(file -> new BundleFiles.Entry(file.name(), file.length(), file.sha256()))
            .toList());
  }

  /** Of all files together. */
  public long bytes() {
    return files.stream().mapToLong(SignedFile::length).sum();
  }

  /** What an envelope holds, whoever signed it. Never throws. */
  public static Document<Statement> read(Envelope envelope) {
    return Documents.read(Statement.class, envelope.content(), BundleFiles.SIGNATURES, MAX_VALUES);
  }

  /** Signed by nobody yet. */
  public Envelope envelope() {
    return Envelope.around(TYPE, Documents.write(this));
  }
}
