// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/evaluation/evaluation_run.h"

#include <algorithm>
#include <chrono>
#include <numeric>
#include <utility>

#include <QSignalBlocker>

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/data/image_folder.h"
#include "core/evaluation/class_arrangement.h"

namespace ocellus {

namespace fs = std::filesystem;

/// Filled on the run's own thread, and read by judge() once nothing more comes.
struct EvaluationRun::Asked {
    ModelDescription model;
    LabelledData data;
    std::vector<ImageFile> unusualFiles;
    AskingSettings settings;
    std::string device;

    struct Answer {
        AskedPicture asked;
        PictureFacts facts;
        std::string failure; ///< empty: it was named
        double seconds = 0;
    };
    std::vector<std::optional<Answer>> answers; ///< as the listing's pictures
    std::vector<AskedPicture> unusual;
    std::size_t unusualDone = 0; ///< also those that could not be read
};

namespace {

using Clock = std::chrono::steady_clock;

/// Pictures lie class by class: in another order, those that are named when it is stopped are of all classes.
std::vector<std::size_t> mixedOrder(std::size_t count, std::uint64_t seed)
{
    std::vector<std::size_t> order(count);
    std::iota(order.begin(), order.end(), std::size_t{0});
    RandomStream random(seed);
    for (std::size_t i = count; i > 1; --i)
        std::swap(order[i - 1], order[static_cast<std::size_t>(random.below(static_cast<int>(i)))]);
    return order;
}

} // namespace

EvaluationRun::EvaluationRun(EngineController& controller, QObject* parent)
    : QObject(parent),
      m_run(controller),
      m_judging(this)
{
    connect(&m_run, &OwnModelRun::progressed, this, [this](int done, int total) {
        emit progressed(done - 1, total - 1); // the first unit lists
    });
    connect(&m_run, &OwnModelRun::finished, this, &EvaluationRun::judge);
    connect(&m_run, &OwnModelRun::failed, this, &EvaluationRun::failed);
}

void EvaluationRun::start(const Wish& wish)
{
    {
        const QSignalBlocker quiet(this);
        m_run.cancel();
        m_judging.drop();
    }
    m_wish = wish;
    m_asked = std::make_shared<Asked>();
    m_run.start(wish.request,
                [this, wish, asked = m_asked](Engine& engine, const Progress& progress) -> std::function<void()> {
                    return [this, asked, found = std::make_shared<Asked>(listed(wish, engine, progress))] {
                        *asked = std::move(*found);
                        m_run.add(units(asked));
                    };
                });
}

/// On the worker's thread.
EvaluationRun::Asked EvaluationRun::listed(const Wish& wish, Engine& engine, const Progress& progress)
{
    Asked asked;
    asked.model = *engine.model();
    asked.device = engine.device().name;
    requireClasses(asked.model, asked.model.path.string());
    const EvaluatedData& data = wish.data;
    const bool isLike = wish.matchedLike && !wish.given && asked.model.classNames.empty() &&
                        asked.model.offer.classes == wish.matchedLike->table.count();
    if (isLike)
        asked.data = {*wish.matchedLike,
                      data.set ? listLabelledPictures(*data.set, data.part, wish.matchedLike->table)
                               : listLabelledPictures(data.folder, wish.matchedLike->table, progress.stopToken())};
    else
        asked.data = data.set ? labelledData(*data.set, data.part, wish.given, asked.model, {})
                              : labelledData(data.folder, wish.given, asked.model, {}, progress.stopToken());
    asked.settings = {wish.request.preprocessFor(asked.model), wish.request.decode};
    if (!wish.unusual.empty()) {
        asked.unusualFiles = listImages(wish.unusual, progress.stopToken()).images;
        if (asked.unusualFiles.empty())
            throw Error(ErrorCode::NotFound, wish.unusual.string(), "expected pictures in the folder, found none",
                        "Choose another folder of unusual pictures, or none");
    }
    asked.answers.resize(asked.data.listing.pictures.size());
    return asked;
}

std::vector<OwnModelRun::Unit> EvaluationRun::units(const std::shared_ptr<Asked>& asked) const
{
    std::vector<OwnModelRun::Unit> units;
    for (const std::size_t index : mixedOrder(asked->answers.size(), m_wish.seed))
        units.push_back([asked, index](Engine& engine, const Progress& progress) -> std::function<void()> {
            const LabelledPicture& picture = asked->data.listing.pictures[index];
            const Clock::time_point start = Clock::now();
            Asked::Answer answer;
            try {
                answer.asked = ask(engine, picture, asked->settings, progress, &answer.facts);
                outcomeOf(answer.asked.logits, picture.classIndex); // throws for what is not finite
            } catch (const std::exception&) {
                progress.throwIfStopped();
                answer.failure = summary(failureOf(Step::Picture, std::current_exception())).toStdString();
            }
            answer.seconds = std::chrono::duration<double>(Clock::now() - start).count();
            return [asked, index, answer = std::move(answer)]() mutable { asked->answers[index] = std::move(answer); };
        });
    for (const ImageFile& file : asked->unusualFiles)
        units.push_back([asked, file](Engine& engine, const Progress& progress) -> std::function<void()> {
            try {
                AskedPicture answer = ask(engine, {file, -1}, asked->settings, progress);
                energy(answer.logits); // throws for what is not finite
                return [asked, answer = std::move(answer)]() mutable {
                    asked->unusual.push_back(std::move(answer));
                    ++asked->unusualDone;
                };
            } catch (const std::exception&) {
                progress.throwIfStopped(); // what cannot be read tells nothing of the others
                return [asked] { ++asked->unusualDone; };
            }
        });
    return units;
}

void EvaluationRun::cancel()
{
    if (!isRunning())
        return;
    const bool isAnythingKnown = m_asked && std::ranges::any_of(m_asked->answers, [](const auto& answer) {
                                     return answer && answer->failure.empty();
                                 });
    const bool wasAsking = m_run.isRunning();
    m_run.cancel();
    if (isAnythingKnown && wasAsking) {
        judge();
        return;
    }
    if (wasAsking)
        emit cancelled();
}

void EvaluationRun::judge()
{
    const auto work = [wish = m_wish, asked = std::move(m_asked)]() -> std::shared_ptr<const EvaluationFindings> {
        auto findings = std::make_shared<EvaluationFindings>();
        EvaluationReport& report = findings->report;
        findings->data = wish.data;
        findings->planned = asked->answers.size();
        std::vector<double> energies;
        std::vector<AskedPicture> known; // in a row, until they go to their pictures
        for (std::size_t i = 0; i < asked->answers.size(); ++i) {
            auto& answer = asked->answers[i];
            const LabelledPicture& picture = asked->data.listing.pictures[i];
            if (!answer)
                continue;
            report.seconds += answer->seconds;
            if (!answer->failure.empty()) {
                report.leftOut.push_back(picture.file.relative.generic_string());
                continue;
            }
            const PictureOutcome outcome = outcomeOf(answer->asked.logits, picture.classIndex);
            report.evaluation.add(outcome);
            report.remarks.add(answer->facts);
            energies.push_back(energy(answer->asked.logits));
            findings->pictures.push_back({picture, outcome, {}});
            known.push_back(std::move(answer->asked));
        }
        if (findings->pictures.empty())
            throw Error(ErrorCode::Unreadable, wish.data.source().string(),
                        "expected pictures to evaluate, but every one failed");
        findings->unusual = std::move(asked->unusual);
        findings->unusualLeft = asked->unusualFiles.size() - asked->unusualDone;
        report.model = asked->model;
        report.matched = asked->data.classes;
        report.data = wish.data.source();
        report.preprocess = asked->settings.preprocess;
        report.decode = asked->settings.decode;
        report.device = asked->device;
        report.skipped = asked->data.listing.skipped;
        report.energies = EnergyReference(std::move(energies));
        report.trust = TrustReport::of(report.evaluation, known, findings->unusual, wish.coverage, wish.seed);
        for (std::size_t i = 0; i < known.size(); ++i)
            findings->pictures[i].asked = std::move(known[i]);
        report.trust.unusual = wish.unusual.string();
        report.notes = doubtsOf(report.evaluation, report.matched);
        if (wish.data.set) {
            report.datasetHash = wish.data.set->sha256;
            report.crop = wish.data.set->cropText();
        }
        findings->alike = classLikeness(findings->pictures, report.evaluation.involvedClasses());
        return findings;
    };
    m_judging.read<std::shared_ptr<const EvaluationFindings>>(
        Step::Explain, work, [this](const auto& findings) { emit finished(findings); },
        [this](const Failure& failure) { emit failed(failure); });
}

} // namespace ocellus
