// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ocellus {

struct TrainingNote;

/// -log sum exp of the logits of all classes, natural logarithm (W. Liu et al., "Energy-based Out-of-distribution
/// Detection", NeurIPS 2020, equation 4 with T = 1): high where the model finds little of any of its classes. A softmax
/// cannot tell that, since it divides by the sum. Throws Error: BadArgument without logits, Damaged for one that is not
/// finite.
double energy(std::span<const float> logits);

/// Energies of pictures of the kind that a model is meant for: what another picture's is compared with. None where
/// enough of them differ by rounding alone: of a ProtoTree, whose logits are logarithms of probabilities, each is 0.
class EnergyReference {
public:
    /// Fewer say nothing about the tail.
    static constexpr std::size_t fewest = 20;
    /// So many are kept in a checkpoint; of more, evenly spread ones.
    static constexpr std::size_t mostKept = 100;

    EnergyReference() = default;
    /// Finite ones in any order.
    explicit EnergyReference(std::vector<double> energies);

    std::size_t count() const { return m_energies.size(); }
    /// There are enough of them to compare with.
    bool isEnough() const { return count() >= fewest; }
    /// How many of them are lower.
    std::size_t below(double energy) const;

    /// As a checkpoint's metadata has it, a JSON list of numbers with four digits after the point.
    std::string toText() const;
    /// Nothing for what is no such list, or a list of more than a million.
    static std::optional<EnergyReference> fromText(std::string_view text);

private:
    std::vector<double> m_energies; // ascending
};

/// What the training program kept of its validation pictures; none where it kept nothing that can be read.
EnergyReference validationEnergies(std::span<const TrainingNote> training);

/// Under which name they are kept.
inline constexpr std::string_view validationEnergiesKey = "validation_energies";

} // namespace ocellus
