@NullMarked
package io.edgeflow.lab.doom;

import org.jspecify.annotations.NullMarked;
