// SPDX-License-Identifier: GPL-3.0-or-later
#include "tools/specimens/species.h"

#include <array>

#include "core/base/error.h"
#include "tools/specimens/ring_design.h"

namespace ocellus {

namespace {

struct NamedMarks {
    const char* name;
    int mark; ///< -1: none
};

// Mimics are seldom close relatives: each species of a ring has a genus of its own.
constexpr std::array<NamedMarks, 18> allSpecies = {{
    {"Velicona_apicata", 0},
    {"Pyrandra_cyanea", 1},
    {"Ambrilla_simplex", -1},
    {"Nivandra_virgata", 0},
    {"Calcidella_posticata", 1},
    {"Lactomima_pura", -1},
    {"Fuscandra_ocellata", 0},
    {"Argomima_cyanops", 1},
    {"Tristella_modesta", -1},
    {"Flavonissa_radiosa", 0},
    {"Machandra_caerulea", 1},
    {"Caudimela_inornata", -1},
    {"Azurella_candida", 0},
    {"Cyanomima_limbata", 1},
    {"Lazulona_serena", -1},
    {"Tigridea_nigropuncta", 0},
    {"Danomima_subapicalis", 1},
    {"Fulvandra_nuda", -1},
}};

} // namespace

std::vector<Species> speciesList(int count)
{
    const int most = static_cast<int>(allSpecies.size());
    if (count < 2 * speciesPerRing || count > most || count % speciesPerRing != 0)
        throw Error(ErrorCode::BadArgument, "species",
                    "expected a multiple of 3 from 6 to " + std::to_string(most) + ", got " + std::to_string(count),
                    "Mimicry rings have three species each, and telling rings apart needs two of them");
    std::vector<Species> species;
    for (int i = 0; i < count; ++i) {
        const NamedMarks& entry = allSpecies[static_cast<std::size_t>(i)];
        species.push_back({entry.name, i / speciesPerRing, entry.mark < 0 ? Marks() : Marks{entry.mark}});
    }
    return species;
}

int ringPartner(int species)
{
    const int first = species / speciesPerRing * speciesPerRing;
    return first + (species - first + 1) % speciesPerRing;
}

int plainOfRing(int species)
{
    const int first = species / speciesPerRing * speciesPerRing;
    for (int member = first; member < first + speciesPerRing; ++member)
        if (allSpecies.at(static_cast<std::size_t>(member)).mark < 0)
            return member;
    throw Error(ErrorCode::Internal, "ring", "expected a species without marks in it, got none");
}

} // namespace ocellus
