/** Tests of looking for updates: a real repository, a real database, a registry in this process. */
@NullMarked
package io.edgeflow.cloud.watch;

import org.jspecify.annotations.NullMarked;
