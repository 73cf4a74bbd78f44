package io.faraddb.console.page;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** The form to log in. Who logs in, and who may, is the application's. */
@Controller
class LoginController {

    @GetMapping("/login")
    String form() {
        return "console/page/login";
    }
}
