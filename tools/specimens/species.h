// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace ocellus {

/// Species in one mimicry ring.
constexpr int speciesPerRing = 3;

/// Which of its ring's marks a butterfly has: indices into RingDesign::marks, ascending.
using Marks = std::vector<int>;

/// One invented species.
struct Species {
    std::string name; ///< "Velicona_apicata", as folders are called
    int ring = 0;     ///< index into ringDesigns()
    Marks marks;      ///< none in the ring's plain species; none of them is shared with a ring partner
};

/// The first `count` species; each has the same index and look whatever the count.
/// Throws Error(BadArgument) unless `count` makes at least two whole rings and no more than there are.
std::vector<Species> speciesList(int count);

/// The other species of the same ring that follows in it, the first after the last: of the three that is another mark,
/// then none, then the first mark.
int ringPartner(int species);

/// What each species of the ring becomes when its mark is taken off: the one that has none.
int plainOfRing(int species);

} // namespace ocellus
