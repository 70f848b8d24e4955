// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "core/engine/engine.h"
#include "core/model/infer_config.h"

namespace ocellus {

/// Reads what a training program wrote about a model into its checkpoint. What does not parse is ignored, and told in
/// remarks(): the key may be another program's, and no hint is worth a file that does not open.
class CheckpointHints {
public:
    /// `args` as Checkpoint gives them; must live longer.
    explicit CheckpointHints(const nlohmann::json& args) : m_args(args) {}

    /// Points into this object.
    DeclaredArgs declared();
    /// `preprocessing`, or `image_size` as our trainer writes it.
    std::optional<PreprocessOptions> preprocess();
    /// `class_names`: a list, or a text that holds one as JSON or as Python prints it. Empty where they are not
    /// `count`: they would name the wrong species.
    std::vector<std::string> classNames(int count);
    std::vector<TrainingNote> training() const;
    bool untrained() const;
    /// `prototype_pictures`, as our trainer writes it.
    std::optional<std::string> prototypePictures() const;

    /// Sentences without a full stop: what was ignored and why.
    const std::vector<std::string>& remarks() const { return m_remarks; }

private:
    const nlohmann::json* find(const char* key) const;
    std::optional<int> number(const char* key);
    std::optional<double> fraction(const char* key); ///< above 0 and below 1
    std::optional<double> share(const char* key);    ///< from 0 to 1
    std::optional<int> lastNumber(const char* key);  ///< of a list, or the only one
    /// What `parse` makes of the key's text; it throws Error for what it does not know.
    template <typename Parse>
    auto named(const char* key, Parse parse) -> std::optional<decltype(parse(std::string_view()))>;
    std::optional<PreprocessOptions> preprocessOf(const char* key);
    std::optional<bool> flag(const char* key);
    std::optional<std::string> backbone();
    const nlohmann::json* tree();
    std::optional<std::vector<std::string>> listOfNames(const nlohmann::json& value) const;
    void ignore(const char* key, const std::string& why);

    const nlohmann::json& m_args;
    nlohmann::json m_tree; ///< out of a text
    std::vector<std::string> m_remarks;
};

} // namespace ocellus
