@NullMarked
package dev.mooring.protocol;

import org.jspecify.annotations.NullMarked;
