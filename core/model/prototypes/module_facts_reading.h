// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <optional>
#include <string>

#include <nlohmann/json_fwd.hpp>

namespace ocellus {

/// What a whole pickled module says of itself (moduleFacts() in core/io), asked for by name; empty where there is no
/// module, or it does not say.
class ModuleFactsReading {
public:
    /// `facts` may be null and outlives this object.
    explicit ModuleFactsReading(const nlohmann::json* facts) : m_facts(facts) {}

    bool isThere() const;

    /// An attribute of the outermost module; of another type it counts as none.
    std::optional<std::string> text(const std::string& name) const;
    std::optional<double> number(const std::string& name) const;

    /// The last of a list of whole numbers; empty where it is no such list, or has none.
    std::optional<int> lastOf(const std::string& name) const;

    /// The class or function that an attribute is: "model.linear".
    std::optional<std::string> object(const std::string& name) const;

    /// Whether a descendant has attributes of its own, as "_root.l".
    bool hasModule(const std::string& path) const;
    std::optional<int> moduleNumber(const std::string& path, const std::string& name) const;
    bool moduleFlag(const std::string& path, const std::string& name) const; ///< false where it does not say

    /// A dictionary whose keys are objects: its values, by the number `name` of their keys; the first of equal ones.
    std::map<int, int> tableNumbers(const std::string& table, const std::string& name) const;

private:
    /// Null where there is none.
    const nlohmann::json* at(const std::string& part, const std::string& key) const;

    const nlohmann::json* m_facts;
};

} // namespace ocellus
