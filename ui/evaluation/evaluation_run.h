// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

#include <QMetaType>
#include <QObject>

#include "core/evaluation/evaluation_report.h"
#include "core/evaluation/picture_asking.h"
#include "ui/engine/newest_reading.h"
#include "ui/engine/own_model_run.h"
#include "ui/engine/view_request.h"

namespace ocellus {

/// The pictures that an evaluation is of.
struct EvaluatedData {
    std::filesystem::path folder;            ///< of class folders, where `set` is null
    std::shared_ptr<const NamedDataset> set; ///< as it was when this was made
    std::optional<PictureSplit> part;        ///< of `set`; nothing: all that take part

    std::filesystem::path source() const { return set ? set->file : folder; }
};

/// What an evaluation found, with every picture that it is of.
struct EvaluationFindings {
    EvaluationReport report; ///< as the command line would write it
    EvaluatedData data;
    std::vector<EvaluatedOne> pictures; ///< in the data's order
    std::vector<AskedPicture> unusual;  ///< of none of the classes
    std::vector<float> alike;           ///< classLikeness() of the involved classes
    std::size_t planned = 0;            ///< pictures of the data
    std::size_t unusualLeft = 0;        ///< unusual pictures that it was stopped before

    /// It was stopped among the pictures: these are drawn from all classes.
    bool lacksPictures() const { return pictures.size() + report.leftOut.size() < planned; }
    /// It was stopped.
    bool isPartial() const { return lacksPictures() || unusualLeft > 0; }
};

/// Asks a model about all pictures of a data set in the background, and works out what that adds up to.
class EvaluationRun : public QObject {
    Q_OBJECT

public:
    struct Wish {
        ViewRequest request; ///< engine, checkpoint, and how pictures are read and resized
        EvaluatedData data;
        std::optional<ClassTable> given; ///< names for a checkpoint that has others or none
        /// Classes of a model before it, which are those of a checkpoint that has no names and as many classes.
        std::optional<DataClasses> matchedLike;
        std::filesystem::path unusual; ///< a folder of pictures of none of the classes; empty: none
        double coverage = 0.95;        ///< of known pictures, that thresholds keep
        std::uint64_t seed = 1;
    };

    /// `controller` must outlive the run.
    explicit EvaluationRun(EngineController& controller, QObject* parent = nullptr);

    /// One that still runs is forgotten.
    void start(const Wish& wish);
    /// What is named so far is told of by finished(), where there is any; else cancelled().
    void cancel();
    bool isRunning() const { return m_run.isRunning() || m_judging.isReading(); }

signals:
    void progressed(int done, int total);
    void finished(const std::shared_ptr<const ocellus::EvaluationFindings>& findings);
    void failed(const ocellus::Failure& failure); ///< nothing was found
    void cancelled();                             ///< before anything was found

private:
    struct Asked; ///< what is known of the pictures yet

    static Asked listed(const Wish& wish, Engine& engine, const Progress& progress);
    std::vector<OwnModelRun::Unit> units(const std::shared_ptr<Asked>& asked) const;
    void judge();

    Wish m_wish;
    std::shared_ptr<Asked> m_asked;
    OwnModelRun m_run;
    NewestReading m_judging; ///< last: it goes first
};

} // namespace ocellus
