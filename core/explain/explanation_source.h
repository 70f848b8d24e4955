// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/engine/engine.h"
#include "core/explain/model_probe.h"
#include "core/explain/source_map.h"
#include "core/explain/source_settings.h"
#include "core/image/picture.h"
#include "core/image/preprocess_options.h"

namespace ocellus {

/// How much a source asks of the machine, so that a window knows what may run unasked.
enum class SourceCost {
    Instant, ///< read off the decoding: microseconds
    Pass,    ///< about one more pass of the model
    Many     ///< hundreds of passes
};

/// What a source is, before it is asked for anything.
struct SourceTraits {
    std::string id;   ///< "gradcam++", the name on the command line and of arrays
    std::string name; ///< "Grad-CAM++"
    SourceCost cost = SourceCost::Pass;
    bool isSigned = false;
    std::string unit;
    std::vector<SourceOption> options = {};
    std::string formula = {}; ///< where it comes from
    /// It reads the decoding, so a limit or attention by hand changes its maps; others ask the whole model.
    bool readsDecoding = false;
};

/// The picture that is explained, and what is known of it already.
struct SourceSubject {
    const Picture& picture;                   ///< with its edits
    PreprocessOptions preprocess;             ///< of the view
    const ModelInput& input;                  ///< the picture through it
    std::shared_ptr<const Encoding> encoding; ///< null: sources that need it have it made
    std::shared_ptr<const Decoding> decoding; ///< of all classes or limited; null as well
};

/// How a source says how far it is, and learns that it should stop. Called from the thread that works.
struct SourceRun {
    Progress progress = {}; ///< for the passes in between
    /// A fraction in [0, 1] of the whole, and what maps there are so far; empty where there are none yet.
    std::function<void(double fraction, const std::vector<SourceMap>& soFar)> report = {};

    void at(double fraction, const std::vector<SourceMap>& soFar = {}) const
    {
        progress.throwIfStopped();
        if (report)
            report(fraction, soFar);
    }
};

/// One way of making maps. A new one is a file that derives from this and a line in source_table.cpp: window and
/// command line list what is in the table.
class ExplanationSource {
public:
    virtual ~ExplanationSource() = default;

    virtual SourceTraits traits() const = 0;

    /// Why it has no maps of this model, as a sentence without a full stop; empty where it has.
    virtual std::string unfit(const ModelDescription& model) const = 0;

    /// About how many passes of the model on the subject's own input (`size`) it takes at most.
    virtual double passes(const SourceSettings& /*settings*/, Size /*size*/) const
    {
        return traits().cost == SourceCost::Instant ? 0 : 1;
    }

    /// A map of every class, in this order; of several heads, class by class. `settings` are of traits().options.
    /// Throws Error: Unsupported as unfit() says, BadArgument for a class or an option that the model has not,
    /// Cancelled, Device.
    virtual std::vector<SourceMap> maps(Engine& engine, ModelProbe& probe, const SourceSubject& subject,
                                        const std::vector<int>& classes, const SourceSettings& settings,
                                        const SourceRun& run) const = 0;
};

} // namespace ocellus
