// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "core/session/session.h"

namespace ocellus {

/// Compares numbers of a session with the same ones computed again.
class ResultCheck {
public:
    /// Numbers agree within this, absolutely up to 1 and relatively above.
    static constexpr double tolerance = 1e-4;

    /// Two numbers that do not agree.
    struct Difference {
        std::size_t result = 0; ///< in Session::results, or in Session::evidence
        std::string what; ///< "logit of class 5", "peak attention of head 3" (from 1), "number of values of logit"
        double stored = 0, got = 0;
        bool isEvidence = false;
    };

    /// Adds one result; `classes` are those of the logits that were got.
    void compare(std::size_t result, const StoredResult& stored, const StoredResult& got,
                 const std::vector<int>& classes);

    /// The same of what a test of a map came to.
    void compare(std::size_t evidence, const Finding& stored, const Finding& got);

    std::size_t numbers() const { return m_numbers; } ///< compared so far
    bool equalBitForBit() const { return m_equal; }
    bool agrees() const { return m_differing == 0; }
    double largest() const { return m_largest; } ///< absolute difference of two numbers
    std::size_t differing() const { return m_differing; }
    const std::vector<Difference>& first() const { return m_first; } ///< of them, at most maxNamed

    static constexpr std::size_t maxNamed = 10;

private:
    template <class Number, class Name>
    void compareAll(std::size_t result, const char* what, const std::vector<Number>& stored,
                    const std::vector<Number>& got, const Name& name);
    void differ(Difference difference);

    std::size_t m_numbers = 0;
    bool m_isEvidence = false; ///< that is compared now
    bool m_equal = true;
    double m_largest = 0;
    std::size_t m_differing = 0;
    std::vector<Difference> m_first;
};

} // namespace ocellus
