package io.edgeflow.gateway.site;

/** Hears what passes between the members and the cloud. On the relay's thread; must not block. */
public interface SiteEar {
  /** Hears nothing. */
  SiteEar NONE =
      new SiteEar() {
        @Override
        public void reported(String edge, byte[] document) {}

        @Override
        public void desired(String edge, byte[] signed) {}
      };

  /** A member says what it runs, whether or not the cloud can be told. */
  void reported(String edge, byte[] document);

  /** The cloud says what a member shall run; empty if it takes that back. */
  void desired(String edge, byte[] signed);
}
