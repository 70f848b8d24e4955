// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <vector>

#include "core/base/hash.h"
#include "core/engine/attention_intervention.h"
#include "core/engine/model_settings.h"
#include "core/engine/query_set.h"
#include "core/image/decode.h"
#include "core/image/preprocess_options.h"

namespace ocellus {

/// By which model, and how pictures are read for it: a session has one of each.
struct InterventionModel {
    std::string sha256; ///< of the checkpoint
    ModelSettings given;
    DecodeOptions decode;
    PreprocessOptions preprocess;
    bool ownPreprocess = true; ///< the checkpoint's own sizes instead, where it declares some

    bool operator==(const InterventionModel&) const = default;
};

/// What something is taken away from by hand: the last maps of a class in a picture as it was edited. On others the
/// same heads and cells mean something else.
struct InterventionPlace {
    InterventionModel model;
    std::filesystem::path picture;
    ContentKey edits; ///< of all of them, as ViewKey has it
    QuerySet limit;
    int classIndex = -1;

    bool operator==(const InterventionPlace&) const = default;
};

/// All that was taken away by hand, each from its own place: what was left is there when one comes back.
class InterventionBook {
public:
    struct Page {
        InterventionPlace place;
        AttentionIntervention intervention; ///< not empty
        ContentKey content;                 ///< of the picture's pixels, as ViewKey has it; empty: not known
    };

    const std::vector<Page>& pages() const { return m_pages; } ///< those chosen last at the end

    /// Where one is: what is taken away there is the wish from now on. False where that is the same.
    bool goTo(const InterventionPlace& place);
    const AttentionIntervention& wish() const { return m_wish; } ///< empty: nothing is taken away
    /// Writes it down too; `content` as Page has it.
    void choose(const AttentionIntervention& wish, const ContentKey& content);
    /// The model has answered it: takeBack() goes back to it.
    void confirm(const AttentionIntervention& answered);
    /// Back to what was answered here last, or was here when one came. False where that is the wish.
    bool takeBack(const ContentKey& content);
    /// The model has refused what was here when one came. False where that is not the wish, or there is none.
    bool giveUp();

    /// Whatever is there already, and without going there; as choose().
    void put(const InterventionPlace& place, const AttentionIntervention& intervention, const ContentKey& content);
    // The wish follows with the next goTo(). False where there is nothing to forget.
    bool forget(const std::filesystem::path& picture);
    /// What is of other pixels of that file, read in the same way: it has been written since.
    bool forgetOther(const std::filesystem::path& picture, const DecodeOptions& decode, const ContentKey& content);
    void clear() { m_pages.clear(); }

private:
    InterventionPlace m_place;
    AttentionIntervention m_wish;
    AttentionIntervention m_confirmed;
    std::vector<Page> m_pages;
};

} // namespace ocellus
