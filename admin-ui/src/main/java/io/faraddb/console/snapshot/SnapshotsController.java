package io.faraddb.console.snapshot;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Snapshots on disk. What is refused is shown as a problem. */
@Controller
@RequestMapping("/snapshots")
class SnapshotsController {

    private static final String VIEW = "console/snapshot/snapshots";

    private final SnapshotSource snapshots;

    SnapshotsController(SnapshotSource snapshots) {
        this.snapshots = snapshots;
    }

    @GetMapping
    String list(Model model) {
        model.addAttribute("snapshots", snapshots.list().reversed());
        return VIEW;
    }

    @PostMapping
    String create(@RequestParam(defaultValue = "") String label, RedirectAttributes told) {
        Snapshot begun = snapshots.create(label.strip());
        return done("Snapshot " + begun.id() + " is being written.", told);
    }

    @PostMapping("/{id}/verify")
    String verify(@PathVariable long id, RedirectAttributes told) {
        snapshots.verify(id);
        return done("Snapshot " + id + " was read; all of it is whole.", told);
    }

    /** What is asked before a snapshot is restored. */
    @GetMapping("/{id}/restore")
    String confirmRestore(@PathVariable long id, Model model) {
        model.addAttribute("snapshot", snapshots.find(id));
        return "console/snapshot/restore";
    }

    @PostMapping("/{id}/restore")
    String restore(@PathVariable long id, RedirectAttributes told) {
        snapshots.restore(id);
        return done("The next start of the node restores snapshot " + id + ".", told);
    }

    @PostMapping("/restore/withdraw")
    String withdrawRestore(RedirectAttributes told) {
        snapshots.withdrawRestore();
        return done("The next start restores nothing.", told);
    }

    /** What is asked before a snapshot is deleted. */
    @GetMapping("/{id}/delete")
    String confirm(@PathVariable long id, Model model) {
        model.addAttribute("snapshot", snapshots.find(id));
        return "console/snapshot/delete";
    }

    @PostMapping("/{id}/delete")
    String delete(@PathVariable long id, RedirectAttributes told) {
        snapshots.delete(id);
        return done("Snapshot " + id + " was deleted.", told);
    }

    /** Back to the list, which tells it once. */
    private static String done(String sentence, RedirectAttributes told) {
        told.addFlashAttribute("done", sentence);
        return "redirect:/snapshots";
    }
}
