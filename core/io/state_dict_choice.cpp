// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/state_dict_choice.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cctype>
#include <map>
#include <tuple>
#include <utility>

#include "core/base/error.h"
#include "core/io/limits.h"
#include "core/io/tensor_extent.h"
#include "core/io/text.h"

namespace ocellus {

namespace {

/// Names that every model has which Ocellus can run, and hardly anything else: what stands before one of them is a
/// prefix that some wrapper put there.
constexpr std::array<std::string_view, 10> landmarks{
    "query_embed.weight",
    "presence_vector.weight",
    "input_proj.weight",
    "transformer.decoder.norm.weight",
    "backbone.0.body.conv1.weight",
    "backbone.0.body.features.0.0.weight",
    // ProtoPNet and ProtoPFormer, ProtoTree, the Concept Transformer
    "add_on_layers.0.weight",
    "last_layer.weight",
    "_add_on.0.weight",
    "classifier.concepts",
};

/// The same of Vision Transformers: timm's, DINO's and DeiT's; CLIP's visual tower; Hugging Face's.
constexpr std::array<std::string_view, 3> vitLandmarks{"patch_embed.proj.weight", "class_embedding",
                                                       "embeddings.patch_embeddings.projection.weight"};

/// What such a network is called inside of a model that is known here: no wrapper put that there.
constexpr std::array<std::string_view, 8> vitPlaces{
    "backbone.0.body.", "transformer.encoder.",   "vit.",      "deit.",
    "dinov2.",          "dinov2_with_registers.", "features.", "feature_extractor."};

/// Parts of names that torch.compile, FSDP, DeepSpeed and activation checkpointing put anywhere.
constexpr std::array<std::string_view, 4> wrapperParts{"_orig_mod.", "_fsdp_wrapped_module.", "_forward_module.",
                                                       "_checkpoint_wrapped_module."};

constexpr std::array<std::string_view, 2> usualPrefixes{"module.", "model."};
constexpr std::array<std::string_view, 3> usualKeys{"model", "state_dict", "model_state_dict"};
constexpr std::array<std::string_view, 9> averageWords{"ema",      "swa",    "avg",     "average", "averaged",
                                                       "averages", "shadow", "teacher", "momentum"};

std::string withoutWrapperParts(std::string_view name)
{
    std::string plain;
    plain.reserve(name.size());
    while (!name.empty()) {
        const std::string_view part = name.substr(0, std::min(name.find('.'), name.size() - 1) + 1);
        if (std::ranges::find(wrapperParts, part) == wrapperParts.end())
            plain += part;
        name.remove_prefix(part.size());
    }
    return plain;
}

/// What stands before `end` in a name that ends with it as a whole; none where it does not.
std::optional<std::string_view> before(std::string_view name, std::string_view end)
{
    if (!name.ends_with(end))
        return std::nullopt;
    const std::string_view rest = name.substr(0, name.size() - end.size());
    return rest.empty() || rest.ends_with('.') ? std::optional(rest) : std::nullopt;
}

bool namesAverage(std::string_view text)
{
    std::string word;
    const auto isAverage = [&] { return std::ranges::find(averageWords, word) != averageWords.end(); };
    for (const char letter : text) {
        if (std::isalpha(static_cast<unsigned char>(letter))) {
            word += static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
            continue;
        }
        if (isAverage())
            return true;
        word.clear();
    }
    return isAverage();
}

/// The options of one dictionary.
class OptionFinder {
public:
    OptionFinder(const StateDictCandidate& candidate, std::size_t index) : m_candidate(candidate), m_index(index) {}

    std::vector<StateDictOption> find()
    {
        eachName([this](std::string_view name) { look(name); });
        if (m_marks.empty())
            m_marks.emplace(usualPrefix(), Mark{});
        for (const auto& [prefix, mark] : m_marks)
            m_options.push_back(optionFor(prefix, mark));
        eachName([this](std::string_view name) {
            const std::string plain = withoutWrapperParts(name);
            for (StateDictOption& option : m_options)
                option.tensors += option.holds(plain) ? 1 : 0;
        });
        return std::move(m_options);
    }

private:
    struct Mark {
        unsigned found = 0; // landmarks, a bit each
        std::string shown;
    };

    template <typename Visit>
    void eachName(Visit visit) const
    {
        m_candidate.eachName([&](std::string_view name) {
            if (name.size() <= limits::tensorNameBytes)
                visit(name);
        });
    }

    void look(std::string_view name)
    {
        const std::string plain = withoutWrapperParts(name);
        m_isAveraged = m_isAveraged || plain == "n_averaged";
        m_common = m_isFirst ? plain : plain.substr(0, commonLength(plain));
        m_isFirst = false;
        for (std::size_t i = 0; i < landmarks.size(); ++i)
            if (const std::optional<std::string_view> prefix = before(plain, landmarks[i]))
                mark(*prefix, i, before(name, landmarks[i]).value_or(*prefix));
        for (std::size_t i = 0; i < vitLandmarks.size(); ++i)
            if (const std::optional<std::string_view> prefix = before(plain, vitLandmarks[i]))
                mark(withoutPlace(*prefix), landmarks.size() + i,
                     withoutPlace(before(name, vitLandmarks[i]).value_or(*prefix)));
    }

    /// `written`: how the file writes the prefix; wrappers inside of a name hide how it begins.
    void mark(std::string_view prefix, std::size_t landmark, std::string_view written)
    {
        if (m_marks.size() >= limits::namePrefixes && !m_marks.contains(std::string(prefix)))
            return;
        Mark& found = m_marks[std::string(prefix)];
        found.found |= 1U << landmark;
        if (written.size() > found.shown.size())
            found.shown = written;
    }

    static std::string_view withoutPlace(std::string_view prefix)
    {
        for (const std::string_view place : vitPlaces)
            if (prefix == place || (prefix.ends_with(place) && prefix[prefix.size() - place.size() - 1] == '.'))
                return prefix.substr(0, prefix.size() - place.size());
        return prefix;
    }

    std::size_t commonLength(const std::string& plain) const
    {
        return static_cast<std::size_t>(std::ranges::mismatch(plain, m_common).in1 - plain.begin());
    }

    /// Where nothing tells a model: what all names begin with, if it is what wrappers usually put there.
    std::string usualPrefix() const
    {
        std::string_view rest = m_common;
        const auto taken = [&](std::string_view part) {
            const bool there = rest.starts_with(part);
            rest.remove_prefix(there ? part.size() : 0);
            return there;
        };
        while (std::ranges::any_of(usualPrefixes, taken)) {
        }
        return m_common.substr(0, m_common.size() - rest.size());
    }

    StateDictOption optionFor(const std::string& prefix, const Mark& mark) const
    {
        StateDictOption option;
        option.key = m_candidate.path + (m_marks.size() > 1 ? ":" + excerpt(prefix) : "");
        option.shown = mark.found ? mark.shown : prefix;
        option.candidate = m_index;
        option.evidence = std::popcount(mark.found);
        option.isVitAlone = mark.found != 0 && mark.found % (1U << landmarks.size()) == 0;
        option.isAveraged = m_isAveraged || namesAverage(m_candidate.path) || namesAverage(prefix);
        option.prefix = prefix;
        for (const auto& [other, otherMark] : m_marks)
            if (other.size() > prefix.size() && other.starts_with(prefix))
                option.inner.push_back(other);
        return option;
    }

    const StateDictCandidate& m_candidate;
    std::size_t m_index;
    std::map<std::string, Mark> m_marks; // by prefix
    std::vector<StateDictOption> m_options;
    std::string m_common;
    bool m_isFirst = true;
    bool m_isAveraged = false;
};

} // namespace

bool StateDictOption::holds(std::string_view plain) const
{
    return plain.starts_with(prefix) &&
           std::ranges::none_of(inner, [&](const std::string& other) { return plain.starts_with(other); });
}

std::optional<std::string> StateDictOption::nameWithin(std::string_view name) const
{
    const std::string plain = withoutWrapperParts(name);
    if (!holds(plain))
        return std::nullopt;
    std::string within = plain.substr(prefix.size());
    return evidence > 0 ? within : withoutModulePrefix(std::move(within));
}

std::vector<StateDictOption> stateDictOptions(const std::vector<StateDictCandidate>& candidates)
{
    std::vector<StateDictOption> options;
    for (std::size_t i = 0; i < candidates.size(); ++i)
        std::ranges::move(OptionFinder(candidates[i], i).find(), std::back_inserter(options));
    const auto rank = [&](const StateDictOption& option) {
        const StateDictCandidate& candidate = candidates[option.candidate];
        const bool isUsual = std::ranges::find(usualKeys, candidate.path) != usualKeys.end();
        // DINO's teacher is what is published, and timm itself prefers the average.
        return std::tuple(-option.evidence, -static_cast<std::ptrdiff_t>(option.tensors),
                          option.isAveraged != option.isVitAlone, !isUsual, candidate.depth);
    };
    std::ranges::stable_sort(options, {}, rank);
    return options;
}

std::size_t chooseStateDict(const std::vector<StateDictOption>& options, const std::string& key,
                            const std::string& subject)
{
    if (key.empty())
        return 0;
    for (std::size_t i = 0; i < options.size(); ++i)
        if (options[i].key == key)
            return i;
    for (std::size_t i = 0; i < options.size(); ++i) // the best one in that dictionary
        if (options[i].key.starts_with(key + ":"))
            return i;
    StateDictOrigin there;
    for (const StateDictOption& option : options)
        there.others.push_back({option.key, option.tensors});
    throw Error(ErrorCode::NotFound, subject,
                "it holds no state dict under " + excerpt(key) + "; there are: " + othersText(there),
                "Choose one of these, or none for the one that fits best");
}

StateDictOrigin originOf(const std::vector<StateDictOption>& options, std::size_t chosen,
                         const std::vector<StateDictCandidate>& candidates)
{
    const StateDictOption& taken = options[chosen];
    StateDictOrigin origin;
    origin.key = taken.key;
    origin.prefix = taken.shown;
    origin.isAveraged = taken.isAveraged;
    std::size_t together = 0;
    candidates[taken.candidate].eachName([&](std::string_view) { ++together; });
    for (std::size_t i = 0; i < options.size(); ++i) {
        if (options[i].candidate == taken.candidate)
            together -= std::min(together, options[i].tensors);
        // A best accuracy that is a tensor, say, is no model that anybody could choose.
        if (i != chosen && (options[i].evidence > 0 || options[i].tensors > 1))
            origin.others.push_back({options[i].key, options[i].tensors});
    }
    origin.leftOut = together;
    return origin;
}

} // namespace ocellus
